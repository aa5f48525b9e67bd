import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import type Response from 'twilio/lib/http/response';

/** The official client alone, as shipped, `concurrency` calls at once: no database, no promises. */
class Elsewhere extends RequestClient {
  constructor(private readonly address: string) {
    super();
  }

  override request<T>(options: RequestClient.RequestOptions<T>): Promise<Response<T>> {
    return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', `${this.address}/twilio`) });
  }
}

async function main(): Promise<void> {
  const [address = '', sid = '', token = '', from = '', count = '0', concurrency = '1'] = process.argv.slice(2);
  const client = twilio(sid, token, { httpClient: new Elsewhere(address) });
  let next = 0;
  const began = performance.now();
  const work = async (): Promise<void> => {
    while (next < Number(count)) {
      const to = `+1512${2_000_000 + next++}`;
      await client.messages.create({ to, from, body: 'Hi there, this is your clinic. Reply YES or NO.' });
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, work));
  process.send?.({ ms: performance.now() - began });
}

void main();
