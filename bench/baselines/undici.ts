import { Pool } from 'undici';

/** undici alone, posting the same form, `concurrency` calls at once. */
async function main(): Promise<void> {
  const [address = '', sid = '', token = '', from = '', count = '0', concurrency = '1'] = process.argv.slice(2);
  const pool = new Pool(address, { connections: Number(concurrency) });
  const authorization = `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`;
  const path = `/twilio/2010-04-01/Accounts/${sid}/Messages.json`;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  let next = 0;
  const began = performance.now();
  const work = async (): Promise<void> => {
    while (next < Number(count)) {
      const To = `+1512${2_000_000 + next++}`;
      const body = new URLSearchParams({ To, From: from, Body: 'Hi there, this is your clinic. Reply YES or NO.' });
      const answer = await pool.request({ path, method: 'POST', headers, body: body.toString() });
      await answer.body.text();
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, work));
  process.send?.({ ms: performance.now() - began });
  await pool.close();
}

void main();
