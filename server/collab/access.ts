import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import type { Actor } from '../../shared/actor'
import { type CloseReason, isAppError } from '../../shared/errors'
import type { Admission } from './admission'
import type { Connection } from './connection'

/** What a request says about who asks. */
export type Asked = Pick<IncomingMessage, 'headers'>

/** How a door finds out who asks and what they may do. */
export type Gatekeeper = {
  readActor(request: Asked): Promise<Actor | null>
  /** @throws AppError if they may not come in */
  admit(actor: Actor, protocolId: string): Promise<Admission>
}

/** Pause between tries when access cannot be found out, milliseconds. */
const RETRY_MS = 500

/**
 * Access of one socket, kept true: asked again when something changed (then frames wait for the
 * answer) and now and then (then they do not).
 */
export class Access {
  private asking: Promise<void> | null = null
  private again = false
  /** Counts questions: an answer to an older one comes too late to matter. */
  private turn = 0

  constructor(
    private readonly request: Asked,
    private readonly connection: Connection,
    private readonly gatekeeper: Gatekeeper,
    private readonly log: Logger,
  ) {}

  /** Access has changed, nobody knows how: nothing is taken from the socket until it is known. */
  changed(): void {
    this.again = true
    if (this.asking) return
    this.connection.hold()
    this.asking = this.askUntilKnown().finally(() => {
      this.asking = null
      if (this.again && !this.connection.isEnded) this.changed()
      this.connection.release()
    })
  }

  /** The regular look. If it cannot be found out, what was known stays. */
  async recheck(): Promise<void> {
    if (this.asking) return
    await this.ask().catch((error) => this.log.warn({ err: error }, 'access not found out'))
  }

  private async askUntilKnown(): Promise<void> {
    while (this.again && !this.connection.isEnded) {
      this.again = false
      try {
        await this.ask()
      } catch (error) {
        this.log.warn({ err: error }, 'access not found out, asking again')
        this.again = true
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }

  private async ask(): Promise<void> {
    const { connection, gatekeeper } = this
    const turn = ++this.turn
    connection.lastChecked = performance.now()
    const actor = await gatekeeper.readActor(this.request)
    if (!actor || actor.userId !== connection.user) {
      connection.end('unauthenticated')
      return
    }
    try {
      const admission = await gatekeeper.admit(actor, connection.at.room)
      if (turn === this.turn) connection.readmit(admission)
    } catch (error) {
      if (!isAppError(error)) throw error
      connection.end(whyOut(actor, connection.at.partnership))
    }
  }
}

/** A member who may not come in any more: the document is gone. Anybody else: the access is. */
function whyOut(actor: Actor, partnershipId: string): CloseReason {
  const isMember = actor.memberships.some(
    (m) => m.partnershipId === partnershipId && m.status === 'active',
  )
  return isMember ? 'not_found' : 'access_ended'
}
