import { clockOf } from '../clock';
import { ConfigError, type Environment, readConfig } from '../config';
import { examine } from '../doctor';
import { fail, type Finding, lineOf, summaryOf } from '../domain/checkup';
import { createLogger } from '../logger';

/** `doctor [--mend]`: what is well, what is not, and what to do. @returns 1 when something has to be mended */
export async function doctor(env: Environment, words: readonly string[]): Promise<number> {
  const findings = await look(env, words.includes('--mend'));
  for (const finding of findings) console.log(lineOf(finding));
  console.log(`\n${summaryOf(findings)}`);
  console.log(
    'Under HIPAA: Slack and Twilio have to sign a BAA with you; this program cannot see whether they did (README).',
  );
  return findings.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
}

async function look(env: Environment, mend: boolean): Promise<Finding[]> {
  try {
    const config = readConfig(env);
    return await examine(config, { clock: await clockOf(config.CLOCK_URL), log: createLogger('silent'), mend });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map((fault) => fail(fault, '.env.example explains every setting.'));
  }
}
