import type { Ports } from '../ports'
import * as accounts from './accounts'
import * as liveProtocols from './live-protocols'
import * as partnerships from './partnerships'
import * as protocols from './protocols'

/** The product: one file per noun, one function per verb, each with the ports already bound. */
export function createServices(ports: Ports) {
  return {
    accounts: bind(ports, {
      signIn: accounts.signIn,
      signOut: accounts.signOut,
      readSelf: accounts.readSelf,
      chooseLanguage: accounts.chooseLanguage,
      listDemoAccounts: accounts.listDemoAccounts,
    }),
    partnerships: bind(ports, {
      listMyPartnerships: partnerships.listMyPartnerships,
      openPartnership: partnerships.openPartnership,
      listMembers: partnerships.listMembers,
    }),
    protocols: bind(ports, {
      listProtocols: protocols.listProtocols,
      readProtocol: protocols.readProtocol,
      createProtocol: protocols.createProtocol,
      renameProtocol: protocols.renameProtocol,
      admitToProtocol: liveProtocols.admitToProtocol,
      markInSync: liveProtocols.markInSync,
      noteSettled: liveProtocols.noteSettled,
    }),
  }
}

export type Services = ReturnType<typeof createServices>

type Verb = (ports: Ports, ...input: never[]) => unknown
type Bound<V> = V extends (ports: Ports, ...input: infer I) => infer R ? (...input: I) => R : never

function bind<N extends Record<string, Verb>>(
  ports: Ports,
  noun: N,
): { [K in keyof N]: Bound<N[K]> } {
  const bound = Object.entries(noun).map(([name, verb]) => [name, verb.bind(null, ports)])
  return Object.fromEntries(bound) as { [K in keyof N]: Bound<N[K]> }
}
