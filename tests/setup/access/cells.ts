import { readFileSync } from 'node:fs'
import {
  type Grant,
  OPERATIONS,
  type Operation,
  STANDINGS,
  type Standing,
} from '../../../shared/policy'

/** The matrix's columns and the standings they are of. */
const COLUMNS: Record<Standing, string> = {
  programmeAdmin: 'PA',
  coordinator: 'CO',
  editor: 'ED',
  reviewer: 'RV',
  viewer: 'VW',
  observer: 'OB',
  removed: 'RM',
  anonymous: 'AN',
  outsider: 'OT',
}
const GRANTS: readonly Grant[] = ['+', '-', 'o', 'p', 'r', 'a', 'n']

/** One cell of `access-matrix.csv`. */
export type Cell = { operation: Operation; standing: Standing; grant: Grant }

/** Every cell of the matrix; a row that no rule of the policy names is an error. */
export function readCells(): Cell[] {
  const file = new URL('../../../shared/access-matrix.csv', import.meta.url)
  const [head = [], ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/).map(fieldsOf)
  return rows.flatMap((row) => {
    const [key] = row
    const operation = OPERATIONS.find((each) => each === key)
    if (!operation) throw new Error(`${key} has no rule`)
    return STANDINGS.map((standing) => {
      const grant = GRANTS.find((each) => each === row[head.indexOf(COLUMNS[standing])])
      if (!grant) throw new Error(`${key} says nothing of ${standing}`)
      return { operation, standing, grant }
    })
  })
}

/** Fields of a CSV line; a quoted one may hold commas and doubled quotes. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}
