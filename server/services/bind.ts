import type { Ports } from '../ports'

type Verb = (ports: Ports, ...input: never[]) => unknown
type Bound<V> = V extends (ports: Ports, ...input: infer I) => infer R ? (...input: I) => R : never

/** A noun's verbs with the ports already given. */
export function bind<N extends Record<string, Verb>>(
  ports: Ports,
  noun: N,
): { [K in keyof N]: Bound<N[K]> } {
  const bound = Object.entries(noun).map(([name, verb]) => [name, verb.bind(null, ports)])
  return Object.fromEntries(bound) as { [K in keyof N]: Bound<N[K]> }
}
