import type { Ports } from '../ports'

/**
 * Do something once the answer is on its way, so that its time tells nothing. What fails is logged;
 * whoever waits for it asks again.
 */
export function afterwards({ log }: Pick<Ports, 'log'>, what: string, work: () => Promise<void>) {
  setImmediate(() => {
    work().catch((error) => log.error({ err: error }, `${what} was not sent`))
  })
}
