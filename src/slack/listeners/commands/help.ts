import { helpBlocks } from '../../blocks/lists';
import type { Asked } from '../outreach-command';
import { SUBCOMMANDS } from '../subcommands';

export const help = ({ show }: Asked): Promise<unknown> => show(helpBlocks(Object.values(SUBCOMMANDS)));
