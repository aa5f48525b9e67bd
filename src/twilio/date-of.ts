/**
 * A date of a message. Twilio's client makes one of Twilio's own way of writing them, and hands on as it is what is written in
 * another; where there is none, the message is taken for a new one: looked at once too often rather than never.
 */
export function dateOf(value: unknown): Date {
  const date = value instanceof Date ? value : new Date(typeof value === 'string' ? value : NaN);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}
