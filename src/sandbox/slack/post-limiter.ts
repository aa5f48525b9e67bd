/** One message a second a channel, with a short burst allowed: a token bucket for each channel. By this machine's clock. */
import { RateLimited } from './errors';

export interface PostLimiter {
  /** Throws RateLimited. */
  take(channel: string): void;
}

export interface PostLimits {
  readonly burst: number;
  readonly perSecond: number;
}

export const createPostLimiter = ({ burst, perSecond }: PostLimits): PostLimiter => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take: (channel) => {
      if (perSecond <= 0) return;
      const now = Date.now();
      const bucket = buckets.get(channel) ?? { tokens: burst, at: now };
      const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
      buckets.set(channel, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
      if (tokens < 1) throw new RateLimited(Math.max(1, Math.ceil((1 - tokens) / perSecond)));
    },
  };
};
