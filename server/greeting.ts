import type { PersonName } from '../shared/views'
import type { Config } from './config'

/** What the terminal says once everything stands: where to look and how to sign in. */
export function greeting(
  config: Pick<Config, 'host' | 'port' | 'publicUrl'>,
  accounts: readonly { email: string; name: PersonName }[],
): string[] {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host
  const lines = ['', `Twinward is at ${config.publicUrl ?? `http://${host}:${config.port}`}`]
  // writes must come from our own address, so without one only this machine can make them
  if (!config.publicUrl && host === 'localhost') {
    lines.push('PUBLIC_URL is not set, so people can sign in from this machine only.')
  }
  if (accounts.length === 0) return lines
  const width = Math.max(...accounts.map(({ email }) => email.length))
  return [
    ...lines,
    '',
    'Demonstration sign-ins, password twinward-demo (people are invented):',
    ...accounts.map(({ email, name }) => `  ${email.padEnd(width)}  ${name.given} ${name.family}`),
    '',
    'Stop with Ctrl+C.',
  ]
}
