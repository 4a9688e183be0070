import type { Readable } from 'node:stream'
import type { Actor } from '../../shared/actor'
import type { Ports } from '../ports'
import { watchStanding } from './standing'

/**
 * Bytes that are on their way to somebody for as long as they may have them: when that ends, so does
 * the reading, with the reason, wherever it has come to.
 *
 * @param mayStill throws what the actor, as they are by then, is refused with
 */
export function readWhile(
  ports: Pick<Ports, 'bus' | 'clock' | 'log'>,
  actor: Actor,
  bytes: Readable,
  mayStill: (actor: Actor) => void,
): Readable {
  const endWatch = watchStanding(ports, actor, mayStill, (why) => void bytes.destroy(why))
  bytes.once('close', endWatch)
  return bytes
}
