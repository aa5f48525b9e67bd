import { Part } from './processes';

/** How long answers took, ms. */
export interface Latencies {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly count: number;
}

export interface Sent {
  /** Answered 200. */
  readonly texts: number;
  readonly failed: number;
}

/** Patients who text all the while: see inbound-load-process.ts. */
export class InboundLoad {
  private readonly part: Part;

  constructor(app: string, env: Readonly<Record<string, string>>) {
    this.part = new Part('inbound-load-process', [app], env);
  }

  /** What was measured since the last time. */
  take = (): Promise<Latencies> => this.ask('take') as Promise<Latencies>;

  async stop(): Promise<Sent> {
    const sent = (await this.ask('stop')) as Sent;
    await this.part.stop();
    return sent;
  }

  private ask(order: 'take' | 'stop'): Promise<unknown> {
    this.part.process.send(order);
    return this.part.next();
  }
}
