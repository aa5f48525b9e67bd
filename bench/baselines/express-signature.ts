import type { AddressInfo } from 'node:net';
import express from 'express';
import { webhook } from 'twilio';

/** Express 5 with Twilio's own signature check, and nothing stored. */
const [token = ''] = process.argv.slice(2);
const app = express();
app.use(express.urlencoded({ extended: false }));
app.post(['/twilio/inbound', '/twilio/status'], webhook(token), (_, response) => {
  response.type('text/xml').send('<Response></Response>');
});
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
