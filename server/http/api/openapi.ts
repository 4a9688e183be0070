import { z } from 'zod'
import { SESSION_COOKIE } from '../../auth/sessions'
import { NAMED } from './answer-parts'
import { ENDPOINTS, type Endpoint, WRITES, type Write } from './endpoints'
import { PAGE_DEFAULT, PAGE_MAX } from './paging'

/** The interface in OpenAPI 3.1, made from the endpoints and the schemas of their answers. */
export function describeApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Twinward',
      version: '1.0.0',
      description:
        'The same services and the same access as the pages. Errors are problems with a stable code; what you may not know of is not found.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }, { token: [] }],
    paths: describePaths(),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A personal token, made at /account/tokens and held to its scopes; a cookie beside it counts for nothing, and a write with it needs no Origin.',
        },
      },
      schemas: schemas(),
    },
  }
}

function describePaths() {
  const paths: Record<string, { get?: unknown; post?: unknown }> = {}
  for (const each of ENDPOINTS) paths[each.path] = { get: describe(each) }
  for (const each of WRITES) paths[each.path] = { ...paths[each.path], post: describeWrite(each) }
  return paths
}

const ID = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[0-9a-f]{24}$' },
}

const LIMIT = {
  name: 'limit',
  in: 'query',
  schema: { type: 'integer', minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT },
}

const PAGING = [
  LIMIT,
  {
    name: 'cursor',
    in: 'query',
    description: '`next` of the page before',
    schema: { type: 'string', maxLength: 400 },
  },
]

const STRETCH = [
  LIMIT,
  {
    name: 'after',
    in: 'query',
    description: 'Number after which to begin: `next` of the part before',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
]

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: refTo('Problem') } },
})

const answerOf = (description: string, name: string) => ({
  description,
  content: { 'application/json': { schema: refTo(name) } },
})

const REFUSED_ID = {
  403: problem('A member without this right'),
  404: problem('Not there, or not for you to know'),
}

function describe({ path, operationId, summary, answer, isList }: Endpoint) {
  const hasId = path.includes('{id}')
  return {
    operationId,
    summary,
    parameters: [
      ...(hasId ? [ID] : []),
      ...(isList === 'numbered' ? STRETCH : isList ? PAGING : []),
    ],
    responses: {
      200: answerOf(summary, answer),
      401: problem('Nobody is signed in, or the token is none'),
      ...(hasId ? REFUSED_ID : {}),
      ...(isList ? { 422: problem('A parameter is not right') } : {}),
      default: problem('Anything else'),
    },
  }
}

function describeWrite({ path, operationId, summary, answer, body }: Write) {
  const hasId = path.includes('{id}')
  return {
    operationId,
    summary,
    parameters: hasId ? [ID] : [],
    requestBody: { required: true, content: { 'application/json': { schema: refTo(body.name) } } },
    responses: {
      200: answerOf('Sent before: what it made then', answer),
      201: answerOf('Made', answer),
      401: problem('Nobody is signed in, or the token is none'),
      ...(hasId ? REFUSED_ID : {}),
      409: problem('Locked, or the key was used for something else'),
      413: problem('More than a million bytes'),
      415: problem('Not JSON'),
      422: problem('A field is not right'),
      429: problem('Too many in a short time'),
      default: problem('Anything else'),
    },
  }
}

/** Every named schema, as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
function schemas(): Record<string, unknown> {
  const { schemas: found } = z.toJSONSchema(NAMED, {
    target: 'draft-2020-12',
    // open to fields that later versions add
    io: 'input',
    uri: (id) => refTo(id).$ref,
  })
  const bodies = WRITES.map(({ body: { name, schema } }) => {
    const { $schema, ...body } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' })
    return [name, body] as const
  })
  const answers = Object.entries(found).map(
    ([id, { $schema, $id, ...schema }]) => [id, schema] as const,
  )
  return Object.fromEntries([...answers, ...bodies])
}
