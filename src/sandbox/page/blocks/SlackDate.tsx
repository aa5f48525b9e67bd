import { format } from '../lib/time';
import { useWorkspace } from '../state/workspace-context';

const PATTERNS: Readonly<Record<string, string>> = {
  date_num: 'yyyy-MM-dd',
  date: 'MMMM do, yyyy',
  date_short: 'MMM d, yyyy',
  date_long: 'EEEE, MMMM do, yyyy',
  date_pretty: 'MMMM do, yyyy',
  date_short_pretty: 'MMM d, yyyy',
  date_long_pretty: 'EEEE, MMMM do, yyyy',
  time: 'h:mm a',
  time_secs: 'h:mm:ss a',
};

interface Props {
  readonly timestamp: string;
  readonly pattern: string;
  readonly link: string | null;
  readonly fallback: string;
}

/** `<!date^…>` in the time zone that the page is set to, as Slack shows it in the reader's own. */
export function SlackDate({ timestamp, pattern, link, fallback }: Props) {
  const { zone } = useWorkspace();
  const at = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(at.getTime())) return <>{fallback}</>;
  const words = pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const known = PATTERNS[name];
    return known ? format(at, zone, known) : whole;
  });
  const time = <time dateTime={at.toISOString()}>{words}</time>;
  return link ? <a href={link}>{time}</a> : time;
}
