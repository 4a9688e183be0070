import type { Findings } from './oracle'
import type { RunResult } from './run'

const SHOWN = 6
const LOG_SHOWN = 3_000

type Sum = Record<'runs' | 'happened' | 'sent' | 'acked' | 'seen', number> &
  Record<keyof Findings | 'troubles', number> & { failing: string[]; ms: number }

/** One line; what was found follows it. */
export function lineOf(run: RunResult): string {
  const { scenario, seed, ms, fired, sent, acked, seen, isGood } = run
  const head = [
    isGood ? 'ok  ' : 'FAIL',
    scenario.padEnd(34),
    `seed ${seed}`.padEnd(10),
    `${(ms / 1_000).toFixed(1)} s`.padStart(7),
    `sent ${sent}`.padStart(10),
    `acked ${acked}`.padStart(11),
    `seen ${seen}`.padStart(10),
    fired ? '' : '(did not happen)',
  ].join(' ')
  return isGood ? head : [head, ...complaintsOf(run), run.logs.slice(-LOG_SHOWN)].join('\n')
}

/** The first few of each kind. */
export function complaintsOf({ found, troubles }: RunResult): string[] {
  return Object.entries({ ...found, troubles }).flatMap(([kind, list]) => [
    ...list.slice(0, SHOWN).map((each) => `  ${kind}: ${each}`),
    ...(list.length > SHOWN ? [`  ${kind}: and ${list.length - SHOWN} more`] : []),
  ])
}

/** The long run's last words: one row for each fault of docs/fault-tests.md. */
export function tableOf(runs: readonly RunResult[], broken: readonly string[]): string {
  const sums = new Map<string, Sum>()
  for (const run of runs) {
    add(sums, run.fault, run)
    add(sums, 'all', run)
  }
  const rows = [...sums]
    .sort(([a], [b]) => orderOf(a) - orderOf(b))
    .map(([fault, sum]) => [
      fault,
      sum.runs,
      sum.happened,
      sum.sent,
      sum.acked,
      sum.seen,
      sum.lost,
      sum.doubled,
      sum.notConverged,
      sum.storage,
      sum.troubles,
      `${(sum.ms / sum.runs / 1_000).toFixed(1)} s`,
    ])
  const heads = ['fault', 'runs', 'happened', 'sent', 'acked', 'seen', 'lost', 'doubled']
  const more = ['not converged', 'stored wrong', 'troubles', 'each']
  const failing = sums.get('all')?.failing ?? []
  return [
    aligned([[...heads, ...more], ...rows]),
    ...failing.map((name) => `failed: ${name}`),
    ...broken.map((name) => `broke off: ${name}`),
  ].join('\n')
}

function add(sums: Map<string, Sum>, key: string, run: RunResult): void {
  const { found, troubles } = run
  const sum: Sum = sums.get(key) ?? {
    ...{ runs: 0, happened: 0, sent: 0, acked: 0, seen: 0, ms: 0, failing: [] },
    ...{ lost: 0, doubled: 0, notConverged: 0, storage: 0, troubles: 0 },
  }
  sum.runs += 1
  sum.happened += run.fired ? 1 : 0
  for (const of of ['sent', 'acked', 'seen', 'ms'] as const) sum[of] += run[of]
  for (const of of ['lost', 'doubled', 'notConverged', 'storage'] as const) {
    sum[of] += found[of].length
  }
  sum.troubles += troubles.length
  if (!run.isGood) sum.failing.push(`--only ${run.scenario} --seed ${run.seed} --runs 1`)
  sums.set(key, sum)
}

const orderOf = (fault: string) => (fault === 'all' ? 1_000 : Number(fault.slice(1)))

function aligned(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => String(row[i]).length))) ?? []
  return rows
    .map((row) => row.map((cell, i) => String(cell).padStart(widths[i] ?? 0)).join('  '))
    .join('\n')
}
