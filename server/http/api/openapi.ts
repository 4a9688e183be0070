import { z } from 'zod'
import { SESSION_COOKIE } from '../../auth/sessions'
import { NAMED } from './answers'
import { ENDPOINTS, type Endpoint } from './endpoints'
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
    security: [{ session: [] }],
    paths: Object.fromEntries(ENDPOINTS.map((each) => [each.path, { get: describe(each) }])),
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } },
      schemas: schemas(),
    },
  }
}

const ID = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[0-9a-f]{24}$' },
}

const PAGING = [
  {
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT },
  },
  {
    name: 'cursor',
    in: 'query',
    description: '`next` of the page before',
    schema: { type: 'string', maxLength: 400 },
  },
]

function describe({ path, operationId, summary, answer, isList }: Endpoint) {
  const hasId = path.includes('{id}')
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: refTo('Problem') } },
  })
  return {
    operationId,
    summary,
    parameters: [...(hasId ? [ID] : []), ...(isList ? PAGING : [])],
    responses: {
      200: {
        description: summary,
        content: { 'application/json': { schema: refTo(answer) } },
      },
      401: problem('Nobody is signed in'),
      ...(hasId
        ? {
            403: problem('A member without this right'),
            404: problem('Not there, or not for you to know'),
          }
        : {}),
      ...(isList ? { 422: problem('A parameter is not right') } : {}),
      default: problem('Anything else'),
    },
  }
}

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** Every named schema, as JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
function schemas(): Record<string, unknown> {
  const { schemas: found } = z.toJSONSchema(NAMED, {
    target: 'draft-2020-12',
    // open to fields that later versions add
    io: 'input',
    uri: (id) => refTo(id).$ref,
  })
  return Object.fromEntries(
    Object.entries(found).map(([id, { $schema, $id, ...schema }]) => [id, schema]),
  )
}
