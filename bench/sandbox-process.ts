import { startSandbox } from '../src/sandbox/start';

/** The sandbox in a process of its own, so that its work is not the app's. */
async function main(): Promise<void> {
  const { address, env } = await startSandbox({ slack: { postPerSecond: 0 } });
  process.send?.({ address, env });
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
}

void main();
