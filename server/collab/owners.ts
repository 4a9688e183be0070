import { type LogAuthor, SERVER_USER } from './persistence'

/** Whose the client ids of a document are; the one that the server writes with here is nobody's. */
export class Owners {
  constructor(
    private readonly users: Map<number, string>,
    private readonly server: number,
    private readonly former: ReadonlySet<number> = new Set(),
  ) {}

  /** It wrote in an earlier generation, of which nothing may come back. */
  isFormer(client: number): boolean {
    return this.former.has(client)
  }

  of(client: number): string | undefined {
    return client === this.server ? SERVER_USER : this.users.get(client)
  }

  bind(client: number, user: string): void {
    this.users.set(client, user)
  }

  /** As a row of the log names them. */
  bindAll(by: readonly Pick<LogAuthor, 'user' | 'clients'>[]): void {
    for (const { user, clients } of by) {
      for (const client of clients) this.bind(client, String(user))
    }
  }

  /** The server has written here under its own id. */
  get hasServer(): boolean {
    return this.users.has(this.server)
  }
}
