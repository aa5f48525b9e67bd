/** Whose addresses files are fetched from; nobody else's is called, whatever an event, a webhook or a redirect says. */
const HOSTS = {
  'slack files': ['slack.com', 'slack-files.com'],
  'twilio api': ['twilio.com'],
  /** Where Twilio's API redirects to: never with our credentials. */
  'twilio media': ['twilio.com', 'twiliocdn.com', 'amazonaws.com'],
} as const satisfies Record<string, readonly string[]>;

/** HTTPS, on the default port, and one of the hosts or under one of them. */
export const isAllowedHost = (url: URL, purpose: keyof typeof HOSTS): boolean =>
  url.protocol === 'https:' &&
  url.port === '' &&
  HOSTS[purpose].some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));

/** An API address that was set stands for its owner's files, too; that of a trial for every port of this machine. */
export const standsFor = (apiUrl: string, url: URL): boolean => {
  const api = new URL(apiUrl);
  return url.origin === api.origin || (isOfThisMachine(api) && isOfThisMachine(url));
};

export const isOfThisMachine = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
