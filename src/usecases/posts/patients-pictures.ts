import { mediaKindOf } from '../../domain/media';
import { whoOf } from '../conversations/conversation-cards';
import type { MediaOutcome, SentMedia } from '../media';
import type { Place, Ports, PostOutcome } from '../ports';
import { mayStandSince, originOf } from './origin';

type PicturePost = NonNullable<Awaited<ReturnType<Ports['store']['posts']['byKey']>>>;

/** So many are fetched at once; each is held in memory until it stands in Slack. */
const AT_ONCE = 3;
const SHORTEST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 600_000;
/** After so long Twilio is believed not to hand it over any more, and staff are told: in ms. */
const GIVEN_UP_AFTER_MS = 7 * 24 * 3_600_000;

/**
 * What patients attach comes as files into their thread. It is fetched beside the posting: nobody else's reply waits for
 * a picture, and what Twilio does not hand over is asked for again until it does.
 */
export class PatientsPictures {
  private readonly fetched = new Map<string, MediaOutcome | null>();

  constructor(private readonly ports: Ports) {}

  /** @returns what became of it in Slack; or in how many ms to ask again */
  async post(post: PicturePost, place: Place): Promise<PostOutcome | { readonly againInMs: number }> {
    const { store, room, clock } = this.ports;
    if (post.ts !== null) return { kind: 'posted', channel: place.channel, ts: post.ts };
    const message = await store.messages.byId(post.ref);
    const all = JSON.parse(message?.media ?? '[]') as string[];
    const index = Number(post.body ?? 0);
    const address = all[index];
    if (message?.sid == null || address === undefined) return { kind: 'posted', channel: place.channel, ts: 'none' };
    const origin = await originOf(this.ports, post);
    const id = { key: post.key, origin: origin?.mark };
    const title = origin?.mark ?? post.key;
    const since = await mayStandSince(this.ports, post, origin);
    if (since !== null) {
      const stands = (await room.findFile(place, title, since)) ?? (await room.find(place, id, since));
      if (stands !== null) return this.finished(post.key, { kind: 'posted', channel: place.channel, ts: stands });
    }
    const media = this.fetch(post.key, { sid: message.sid, index, address });
    if (media === null) return { againInMs: 300 };
    const age = clock.now().getTime() - post.createdAt.getTime();
    if (media.kind === 'later' && age < GIVEN_UP_AFTER_MS) {
      this.fetched.delete(post.key);
      return { againInMs: Math.min(Math.max(age / 4, SHORTEST_WAIT_MS), LONGEST_WAIT_MS) };
    }
    const kind = media.kind === 'media' ? mediaKindOf(media.contentType) : null;
    await store.posts.begin(post.id, clock.now());
    const who = await whoOf(this.ports, message.phone);
    if (media.kind !== 'media' || kind === null) {
      return this.finished(post.key, await room.post(place, { kind: 'note', text: lostOf(who, media) }, id));
    }
    const file = { who, word: kind.word, nth: index + 1, of: all.length, content: media.content };
    const name = `${kind.word.toLowerCase()}-${message.id}-${index + 1}.${kind.extension}`;
    return this.finished(post.key, await room.postPicture(place, { ...file, name }, title));
  }

  private finished(key: string, outcome: PostOutcome): PostOutcome {
    // Slack is only busy: it will be wanted in a moment.
    if (outcome.kind !== 'busy') this.fetched.delete(key);
    return outcome;
  }

  /** Null while it is being fetched. */
  private fetch(key: string, media: SentMedia): MediaOutcome | null {
    const known = this.fetched.get(key);
    if (known !== undefined) return known;
    if (this.fetched.size >= AT_ONCE) return null;
    this.fetched.set(key, null);
    void this.ports.sms
      .fetchMedia(media)
      .catch((): MediaOutcome => ({ kind: 'later' }))
      .then((outcome) => {
        this.fetched.set(key, outcome);
        this.ports.wake.posts();
      });
    return null;
  }
}

const lostOf = (who: string, media: MediaOutcome): string => {
  const why =
    media.kind === 'gone' ? media.why : media.kind === 'later' ? 'Twilio does not hand it over' : 'it is not a picture';
  return `⚠️ ${who} sent a file that I cannot show: ${why}. Ask them to send a picture, or an admin to look in the Twilio Console.`;
};
