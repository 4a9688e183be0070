import { describe, expect, it } from 'vitest'
import { readEvaluation } from '../../app/features/learning/read-learning.server'

const read = (fields: Record<string, string>) =>
  readEvaluation(
    new Request('http://here/', {
      method: 'POST',
      body: new URLSearchParams({ sign: 'badagaka 123', lang: 'ru', ...fields }),
    }),
  )

describe('an evaluation as it is sent', () => {
  it('takes a scale that does not apply for one without a mark', async () => {
    const sheet = await read({ 'scale.interpretation': 'none', 'scale.clarity': '4' })
    expect(sheet.scales).toEqual({ clarity: 4 })
  })

  it('may leave out any scale, and has to say something', async () => {
    expect((await read({ mostUseful: 'Разбор случая' })).scales).toEqual({})
    const nothing = { code: 'invalid_input', detail: { scales: expect.any(String) } }
    await expect(read({ 'scale.interpretation': 'none' })).rejects.toMatchObject(nothing)
    await expect(read({ 'scale.interpretation': 'some' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
