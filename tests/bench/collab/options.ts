import { basename } from 'node:path'
import { parseArgs } from 'node:util'

export type Options = {
  scenarios: string[]
  peers: string[]
  reps: number
  quick: boolean
  /** Go before other work on this machine. */
  ahead: boolean
  profile: string | null
  /** Folders of builds to be measured besides, or instead of, the current one. */
  builds: { name: string; folder: string }[]
}

export const HELP = `
  --scenario a,b   which; all without it (words without dashes are scenarios, too)
  --peers a,b      who, such as ours,yws,hocuspocus,relay; all without it
  --reps n         repetitions, interleaved; 3 without it
  --quick          small sizes, one repetition, and unless named a few scenarios of two servers:
                   does it work?
  --ahead          servers, database and clients go before other work on this machine (needs the right
                   to; for machines that are not quiet)
  --build folder   a build (build/<hash>) measured besides the current one, as ours@<hash>; may be
                   repeated. Two commits are compared so: build each, name one, run once
  --profile dir    writes a V8 profile of our server's window there; print it with
                   node --import tsx tests/bench/collab/profile.ts <file>
`

/** @throws Error in words for the terminal */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      scenario: { type: 'string', multiple: true },
      peers: { type: 'string' },
      reps: { type: 'string' },
      quick: { type: 'boolean' },
      ahead: { type: 'boolean' },
      profile: { type: 'string' },
      build: { type: 'string', multiple: true },
    },
  })
  const words = (list: readonly string[]) =>
    list.flatMap((one) => one.split(',')).filter((word) => word !== '')
  const quick = values.quick ?? false
  const reps = Number(values.reps ?? (quick ? 1 : 3))
  if (!Number.isInteger(reps) || reps < 1) throw new Error('--reps is a whole number from 1 on')
  return {
    scenarios: [...words(values.scenario ?? []), ...words(positionals)],
    peers: words([values.peers ?? '']),
    reps,
    quick,
    ahead: values.ahead ?? false,
    profile: values.profile ?? null,
    builds: (values.build ?? []).map((folder) => ({ name: `ours@${basename(folder)}`, folder })),
  }
}
