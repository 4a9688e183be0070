import { z } from 'zod'

/** Speaks tus over plain requests, so that tests can say what a proper client would not. */
export function tusOf(origin: string, cookie: string) {
  const send = (method: string, path: string, headers: object, body?: Uint8Array) =>
    fetch(`${origin}${path}`, {
      method,
      headers: { cookie, origin, 'tus-resumable': '1.0.0', ...headers },
      // a copy: fetch wants to be sure that nobody else can write to it
      ...(body ? { body: new Uint8Array(body) } : {}),
    })
  const bytes = (offset: number, headers: object = {}) => ({
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
    ...headers,
  })
  return {
    send,
    create: (length: number | string, metadata: Record<string, string>, headers: object = {}) =>
      send('POST', '/uploads', {
        'upload-length': String(length),
        'upload-metadata': encode(metadata),
        ...headers,
      }),
    patch: (path: string, offset: number, body: Uint8Array, headers: object = {}) =>
      send('PATCH', path, bytes(offset, headers), body),
    head: (path: string) => send('HEAD', path, {}),
    end: (path: string) => send('DELETE', path, {}),
    async offset(path: string): Promise<number> {
      return Number((await send('HEAD', path, {})).headers.get('upload-offset'))
    },
  }
}

export type Tus = ReturnType<typeof tusOf>

export function encode(metadata: Record<string, string>): string {
  return Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')
}

/** The address of a created upload. */
export function pathOf(created: Response): string {
  return created.headers.get('location') ?? 'nowhere'
}

const Problem = z.object({ code: z.string(), status: z.number() })

/** Status and code of a refusal. */
export async function refusalOf(answer: Response): Promise<[number, string]> {
  const { code } = Problem.parse(await answer.json())
  return [answer.status, code]
}
