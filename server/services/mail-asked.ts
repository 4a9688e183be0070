import type { Ports } from '../ports'

/**
 * One more code or link asked for by mail. Counted for the account from one address, so that a stranger
 * elsewhere uses nothing of its owner's up, and, at a far higher count, for the account alone, so that
 * no mailbox is flooded. What one address may ask for in a day is a quarter of that.
 *
 * @param email it is asked for, whether anybody has it or not
 * @param address of the client that asks
 * @throws AppError `too_many_requests` with `seconds`
 */
export async function admitAsking(
  { limits }: Pick<Ports, 'limits'>,
  email: string,
  address: string,
): Promise<void> {
  await limits.take('mail-address', address)
  await admitLetter({ limits }, email, address)
}

/**
 * The same of the account alone, for whatever counts its askers by a rule of its own.
 *
 * @throws AppError `too_many_requests` with `seconds`
 */
export async function admitLetter(
  { limits }: Pick<Ports, 'limits'>,
  email: string,
  address: string,
): Promise<void> {
  const asker = `${email} ${address}`
  await limits.take('mail-code', asker)
  await limits.take('mail-code-day', asker)
  await limits.take('mail-code-account', email)
}
