import type { Session } from './types';

/** An answer other than success. `status` 0: the server could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Seconds, when the server asked to wait. */
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

/** Who wants to know. What the page asks for by itself does not keep an idle session alive. */
export type AskedBy = 'user' | 'page';

export function isNotLoggedIn(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

const kTimeoutMs = 10_000;
/** For what may take long, such as resolving universes: a little more than the server's own limit. */
export const kSlowTimeoutMs = 125_000;

/** The server's HTTP API. Keeps the CSRF token of the session that it logged in to or was told of. */
export class Api {
  private csrfToken = '';

  session = (by: AskedBy) => this.remember(this.get<Session>('/api/session', by));

  login = (user: string, password: string) =>
    this.remember(this.post<Session>('/api/login', { user, password }));

  get = <T>(route: string, by: AskedBy) => this.call<T>('GET', route, by);

  post = <T>(route: string, body?: unknown, timeoutMs = kTimeoutMs) =>
    this.call<T>('POST', route, 'user', body, timeoutMs);

  private async remember(answer: Promise<Session>): Promise<Session> {
    const session = await answer;
    this.csrfToken = session.csrf_token;
    return session;
  }

  private async call<T>(
    method: string,
    route: string,
    by: AskedBy,
    body?: unknown,
    timeoutMs = kTimeoutMs,
  ): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (by === 'page') headers['X-Feedmux-Background'] = '1';
    if (method !== 'GET' && this.csrfToken) headers['X-CSRF-Token'] = this.csrfToken;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const response = await fetch(route, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'same-origin',
        signal: abort.signal,
      }).catch((error: unknown) => {
        const slow = (error as Error).name === 'AbortError';
        throw new ApiError(
          0,
          slow ? 'The engine did not answer in time.' : 'The engine cannot be reached.',
        );
      });
      const text = await response.text();
      if (!response.ok) throw errorOf(response, text);
      return (text ? JSON.parse(text) : undefined) as T;
    } finally {
      clearTimeout(timer);
    }
  }
}

function errorOf(response: Response, text: string): ApiError {
  let message = `The server answered ${response.status} ${response.statusText}`.trim();
  try {
    message = (JSON.parse(text) as { error?: string }).error ?? message;
  } catch {
    // Not JSON, from a proxy perhaps: the status says enough.
  }
  return new ApiError(response.status, message, Number(response.headers.get('Retry-After')) || 0);
}
