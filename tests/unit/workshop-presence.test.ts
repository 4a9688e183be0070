import pino from 'pino'
import { afterEach, expect, it, vi } from 'vitest'
import { roomOf } from '../../server/realtime/socket'
import { createWorkshopPresence } from '../../server/realtime/workshop-presence'

afterEach(() => {
  vi.useRealTimers()
})

it('who is there is told as it was read last, however long a reading before it took', async () => {
  vi.useFakeTimers()
  const told: number[] = []
  const room = { emit: (_: string, { count }: { count: number }) => told.push(count) }
  const readings: ((count: number) => void)[] = []
  const listHere = () =>
    new Promise((resolve) => {
      readings.push((count) => resolve({ count, people: [] }))
    })
  const adapter = { rooms: new Map([[roomOf.here('w'), new Set(['a line'])]]) }
  const sockets = { adapter, sockets: new Map([['a line', {}]]) }
  const io = { local: { to: () => room }, sockets } as never
  const services = { workshopAttendance: { listHere } } as never
  const presence = createWorkshopPresence(io, { services, log: pino({ level: 'silent' }) })
  presence.soon('w')
  await vi.advanceTimersByTimeAsync(100)
  // somebody else comes while the database takes its time
  presence.soon('w')
  await vi.advanceTimersByTimeAsync(100)
  readings[1]?.(2)
  await vi.advanceTimersByTimeAsync(0)
  readings[0]?.(1)
  await vi.advanceTimersByTimeAsync(0)
  readings[1]?.(2)
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual([1, 2])
  presence.close()
})
