/** Twilio's debugger: what went wrong with the app's webhooks, which no API answer would ever tell. */
export interface Alert {
  readonly at: string;
  readonly code: number;
  readonly text: string;
}

const KEPT = 200;

export class Alerts {
  private readonly alerts: Alert[] = [];

  add(code: number, text: string, now: Date): void {
    this.alerts.push({ at: now.toISOString(), code, text });
    if (this.alerts.length > KEPT) this.alerts.shift();
  }

  all(): readonly Alert[] {
    return this.alerts;
  }
}
