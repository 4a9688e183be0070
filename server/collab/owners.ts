import { SERVER_USER } from './persistence'

/** Whose the client ids of a document are; the one that the server writes with here is nobody's. */
export class Owners {
  constructor(
    private readonly users: Map<number, string>,
    private readonly server: number,
  ) {}

  of(client: number): string | undefined {
    return client === this.server ? SERVER_USER : this.users.get(client)
  }

  bind(client: number, user: string): void {
    this.users.set(client, user)
  }

  /** The server has written here under its own id. */
  get hasServer(): boolean {
    return this.users.has(this.server)
  }
}
