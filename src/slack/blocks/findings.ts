import { type Finding, lineOf, summaryOf, type Verdict } from '../../domain/checkup';
import { paragraphs, section } from './elements';
import { message, type Message } from './message';
import { escape } from './words';

const WORST_FIRST: readonly Verdict[] = ['fail', 'warn', 'ok'];

/** The checks of the installation: what is to be mended stands first. */
export const findingsBlocks = (findings: readonly Finding[]): Message =>
  message([
    section(`*${escape(summaryOf(findings))}*`),
    ...paragraphs(
      WORST_FIRST.flatMap((wanted) =>
        findings.filter(({ verdict }) => verdict === wanted).map((finding) => escape(lineOf(finding))),
      ),
    ),
  ]);
