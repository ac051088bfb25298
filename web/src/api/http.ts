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

const kTimeoutMs = 10_000;

/** The server's HTTP API. Keeps the CSRF token of the session that it logged in to or was told of. */
export class Api {
  private csrfToken = '';

  session = () => this.remember(this.get<Session>('/api/session'));

  login = (user: string, password: string) =>
    this.remember(this.post<Session>('/api/login', { user, password }));

  async logout(): Promise<void> {
    await this.post('/api/logout');
    this.csrfToken = '';
  }

  get = <T>(route: string) => this.call<T>('GET', route);

  post = <T>(route: string, body?: unknown) => this.call<T>('POST', route, body);

  private async remember(answer: Promise<Session>): Promise<Session> {
    const session = await answer;
    this.csrfToken = session.csrf_token;
    return session;
  }

  private async call<T>(method: string, route: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET' && this.csrfToken) headers['X-CSRF-Token'] = this.csrfToken;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), kTimeoutMs);
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
