/** An answer that is not 2xx, with whatever the server said about it. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new HttpError(response.status, reasonIn(text) ?? `The sandbox answered ${response.status}`);
  return (text ? JSON.parse(text) : {}) as T;
}

function reasonIn(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as { error?: unknown; message?: unknown };
    const reason = body.error ?? body.message;
    return typeof reason === 'string' ? reason : undefined;
  } catch {
    return text.slice(0, 200) || undefined;
  }
}

export async function getJson<T>(path: string): Promise<T> {
  return answerOf<T>(await fetch(path));
}

export async function postJson<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return answerOf<T>(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}
