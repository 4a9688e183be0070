import type { ActionFunctionArgs, data, LoaderFunctionArgs } from '@remix-run/node'

type Refused = ReturnType<typeof data>

/**
 * A route without a page, asked by a live page that stays as it is: what is refused is answered with its
 * code and its status. Remix alone tells such an asker that something went wrong, or, of what a form
 * could mend, that all went well.
 */
export function asData<Args extends LoaderFunctionArgs | ActionFunctionArgs, T>(
  route: (args: Args) => Promise<T>,
) {
  return async (args: Args): Promise<T | Response> => {
    try {
      const answer = await route(args)
      return isRefused(answer) ? Response.json(answer.data, answer.init ?? {}) : answer
    } catch (error) {
      if (!isRefused(error)) throw error
      return Response.json(error.data, error.init ?? {})
    }
  }
}

function isRefused(error: unknown): error is Refused {
  return (
    error !== null &&
    typeof error === 'object' &&
    'type' in error &&
    error.type === 'DataWithResponseInit'
  )
}
