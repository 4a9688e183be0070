import { readdirSync } from 'node:fs'
import mongoose from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { ENDED_WITH_ACCOUNT, KEPT_AFTER_ACCOUNT } from '../../server/services/account-rows'
import { LEFT_BEHIND, PARTNERSHIP_TABLES } from '../../server/services/export-partnership'

const FOLDER = new URL('../../models/', import.meta.url)

beforeAll(async () => {
  for (const file of readdirSync(FOLDER)) await import(`../../models/${file.slice(0, -3)}.ts`)
})

/** Models that have a field which `isMeant`. */
function modelsWith(isMeant: (path: string, ref: unknown) => boolean): string[] {
  return Object.entries(mongoose.models).flatMap(([name, { schema }]) =>
    Object.entries(schema.paths).some(([path, type]) =>
      isMeant(path, type.options.ref ?? type.options.type?.[0]?.ref),
    )
      ? [name]
      : [],
  )
}

describe('what is taken along and what goes', () => {
  it('says of every model below a partnership whether it is exported or why not', () => {
    const said = [
      ...PARTNERSHIP_TABLES.map(({ model }) => model.modelName),
      ...Object.keys(LEFT_BEHIND),
    ]
    expect(said.toSorted()).toEqual(modelsWith((path) => path === 'partnership').toSorted())
  })

  it('says of every model that names a user whether it goes with the account or why not', () => {
    const ended = ENDED_WITH_ACCOUNT.map(({ model }) => model.modelName)
    const said = [...new Set([...ended, ...Object.keys(KEPT_AFTER_ACCOUNT)])]
    const naming = modelsWith((path, ref) => path === 'user' || ref === 'User')
    expect(said.toSorted()).toEqual(naming.toSorted())
  })
})
