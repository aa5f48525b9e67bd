import type { ClockReading, FaultOrder, SandboxPhone, SandboxUser, TwilioRecord } from '../contract';
import { getJson, postJson } from './http';
import { Person } from './person';
import { Phone } from './phone';

export type StaffRole = 'sender' | 'reviewer' | 'responder' | 'admin';

/** Drives a running sandbox as its staff and its patients would: for the tour and the story tests. */
export class SandboxDriver {
  private constructor(
    readonly address: string,
    private readonly users: readonly SandboxUser[],
  ) {}

  static async at(address: string): Promise<SandboxDriver> {
    const { users } = await getJson<{ users: SandboxUser[] }>(`${address}/slack/control/state`);
    return new SandboxDriver(address, users);
  }

  staff(role: StaffRole): Person {
    const user = this.users.find((candidate) => candidate.role === role);
    if (!user) throw new Error(`nobody is ${role}`);
    return new Person(this.address, user.id);
  }

  phone(number: string): Phone {
    return new Phone(this.address, number);
  }

  phones(): Promise<SandboxPhone[]> {
    return getJson(`${this.address}/twilio/control/phones`);
  }

  /** What Twilio has on its books. */
  records(): Promise<TwilioRecord[]> {
    return getJson(`${this.address}/twilio/control/messages`);
  }

  async now(): Promise<Date> {
    return new Date((await getJson<ClockReading>(`${this.address}/clock`)).now);
  }

  async moveClockTo(date: Date): Promise<void> {
    await postJson(`${this.address}/clock`, { now: date.toISOString() });
  }

  async advanceClock(ms: number): Promise<void> {
    await postJson(`${this.address}/clock`, { advanceMs: ms });
  }

  async fault(service: 'slack' | 'twilio', order: FaultOrder): Promise<void> {
    await postJson(`${this.address}/${service}/control/faults`, order);
  }

  async endFaults(service: 'slack' | 'twilio'): Promise<void> {
    await fetch(`${this.address}/${service}/control/faults`, { method: 'DELETE' });
  }

  async twilioSettings(settings: Record<string, unknown>): Promise<void> {
    await postJson(`${this.address}/twilio/control/settings`, settings);
  }
}
