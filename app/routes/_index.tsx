import { redirect } from '@remix-run/node'
import { forAnyone } from '../lib/route'

export const loader = forAnyone(async ({ actor }) => {
  throw redirect(actor ? '/partnerships' : '/sign-in')
})
