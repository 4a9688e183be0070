import { demoId } from '../../server/demo/ids'
import { codeOf } from '../../server/demo/workshop-result-rows'
import { participantId } from '../../server/demo/workshop-rows'
import { ST_PETERSBURG } from './protocol-page'

/** A page as one of its readers meets it. */
export type RouteCase = {
  name: string
  path: string
  /** A demonstration account, by the part of its address before the @; null for nobody. */
  account: string | null
  /** Of the answer; 200 unless told. */
  status?: number
  /** The page is whole only when the live text stands in it. */
  live?: true
}

const SARATOV = '/partnerships/saratov-bemidji'
/** Who sees most pages as the one who writes. */
export const EDITOR = 'physician.us'

/** The address of a demonstration protocol of St Petersburg and New Haven. */
export function protocolPath(key: 'adh' | 'art1' | 'pal'): string {
  return `${ST_PETERSBURG}/protocols/${demoId(`protocol ${key}`)}`
}

/** The address of a demonstration discussion of St Petersburg and New Haven. */
export function discussionPath(key: 'who-calls'): string {
  return `${ST_PETERSBURG}/discussions/${demoId(`thread ${key}`)}`
}

/** The address of a demonstration item of the library of St Petersburg and New Haven. */
export function resourcePath(key: string): string {
  return `${ST_PETERSBURG}/resources/${demoId(`resource ${key}`)}`
}

/** The page of a demonstration account in St Petersburg and New Haven. */
export function memberPath(account: string): string {
  return `${ST_PETERSBURG}/people/${demoId(`user ${account}`)}`
}

/** A demonstration workshop of St Petersburg and New Haven, in the workspace. */
function workshopPath(key: string): string {
  return `${ST_PETERSBURG}/workshops/${demoId(`workshop ${key}`)}`
}

/** A demonstration workshop, as those see it who attend. */
export function attendedPath(key: string): string {
  return `/workshops/${demoId(`workshop ${key}`)}`
}

/** The whole sitemap, with the refusals that people meet. */
export const ROUTES: readonly RouteCase[] = [
  { name: 'sign-in', path: '/sign-in', account: null },
  {
    name: 'a guests’ link that leads nowhere',
    path: `/w/${'A'.repeat(43)}`,
    account: null,
    status: 410,
  },
  { name: 'the way into a workshop', path: `${attendedPath('chart-audit')}/enter`, account: null },
  { name: 'a computer left', path: `${attendedPath('chart-audit')}/leave`, account: null },
  {
    name: 'a workshop to come, to who attends',
    path: attendedPath('chart-audit'),
    account: EDITOR,
  },
  { name: 'a check of the line', path: `${attendedPath('chart-audit')}/check`, account: EDITOR },
  {
    name: 'participants of a workshop',
    path: `${ST_PETERSBURG}/workshops/${demoId('workshop cd4-clinic')}/people`,
    account: 'coordinator.us',
  },
  {
    name: 'slides of a workshop',
    path: `${ST_PETERSBURG}/workshops/${demoId('workshop cd4-clinic')}/slides`,
    account: 'coordinator.us',
  },
  {
    name: 'guests of a workshop',
    path: `${ST_PETERSBURG}/workshops/${demoId('workshop cd4-clinic')}/guests`,
    account: 'coordinator.us',
  },
  {
    name: 'the room of a live workshop',
    path: `${attendedPath('cd4-clinic')}/room`,
    account: EDITOR,
  },
  {
    name: 'results of a workshop’s test',
    path: `${ST_PETERSBURG}/workshops/${demoId('workshop cd4-clinic')}/learning`,
    account: 'coordinator.us',
  },
  {
    name: 'a test that is closed',
    path: `${attendedPath('cd4-clinic')}/test?phase=post`,
    account: EDITOR,
  },
  {
    name: 'an evaluation of a workshop',
    path: `${attendedPath('cd4-clinic')}/evaluation`,
    account: 'viewer',
  },
  {
    name: 'a change planned after a workshop',
    path: `${attendedPath('cd4-clinic')}/promise`,
    account: EDITOR,
  },
  {
    name: 'the notes of a workshop',
    path: `${attendedPath('cd4-clinic')}/notes/read`,
    account: EDITOR,
  },
  { name: 'sign-in by a code', path: '/sign-in/code', account: null },
  { name: 'a forgotten password', path: '/password', account: null },
  { name: 'a link on its way', path: '/password?sent', account: null },
  { name: 'a password link that is over', path: '/password/new', account: null, status: 410 },
  { name: 'security', path: '/account/security', account: EDITOR },
  { name: 'calendar', path: '/account/calendar', account: EDITOR },
  { name: 'sign-in by a passkey', path: '/sign-in/passkey', account: null },
  { name: 'the second step, when none waits', path: '/sign-in/second', account: null },
  { name: 'passkeys', path: '/account/security/passkeys', account: EDITOR },
  { name: 'recovery codes', path: '/account/security/recovery-codes', account: EDITOR },
  {
    name: 'an authenticator app, closed to a demonstration account',
    path: '/account/security/totp',
    account: EDITOR,
    status: 403,
  },
  { name: 'an address that is nothing', path: '/nothing-here', account: null, status: 404 },
  { name: 'partnerships', path: '/partnerships', account: EDITOR },
  { name: 'all partnerships, to the programme', path: '/partnerships', account: 'admin' },
  { name: 'home', path: ST_PETERSBURG, account: EDITOR },
  { name: 'home, to an observer', path: ST_PETERSBURG, account: 'observer' },
  { name: 'home, to the programme', path: ST_PETERSBURG, account: 'admin' },
  { name: 'opening, to the programme', path: `${ST_PETERSBURG}/open`, account: 'admin' },
  {
    name: 'a protocol, closed to the programme until it is opened',
    path: protocolPath('adh'),
    account: 'admin',
    status: 403,
  },
  { name: 'notifications', path: '/notifications', account: 'physician.ru' },
  { name: 'notifications, when there are none', path: '/notifications', account: 'stranger' },
  { name: 'letters, to the programme', path: '/admin', account: 'admin' },
  { name: 'letters, closed to others', path: '/admin', account: EDITOR, status: 404 },
  { name: 'search', path: `${ST_PETERSBURG}/search`, account: EDITOR },
  { name: 'search, with results', path: `${ST_PETERSBURG}/search?q=48`, account: EDITOR },
  { name: 'search, without results', path: `${ST_PETERSBURG}/search?q=0000`, account: EDITOR },
  { name: 'glossary', path: `${ST_PETERSBURG}/glossary`, account: EDITOR },
  {
    name: 'glossary, closed to an observer',
    path: `${ST_PETERSBURG}/glossary`,
    account: 'observer',
    status: 403,
  },
  { name: 'protocols', path: `${ST_PETERSBURG}/protocols`, account: EDITOR },
  { name: 'protocols, to an observer', path: `${ST_PETERSBURG}/protocols`, account: 'observer' },
  { name: 'new protocol', path: `${ST_PETERSBURG}/protocols/new`, account: EDITOR },
  { name: 'kept copies', path: `${protocolPath('adh')}/copies`, account: EDITOR },
  {
    name: 'a protocol, to an editor',
    path: protocolPath('adh'),
    account: EDITOR,
    live: true,
  },
  {
    name: 'a protocol, to a viewer',
    path: protocolPath('adh'),
    account: 'viewer',
    live: true,
  },
  { name: 'a protocol, to an observer', path: protocolPath('art1'), account: 'observer' },
  { name: 'people', path: `${ST_PETERSBURG}/people`, account: 'coordinator.us' },
  { name: 'people, to an editor', path: `${ST_PETERSBURG}/people`, account: EDITOR },
  { name: 'inviting', path: `${ST_PETERSBURG}/people/invite`, account: 'coordinator.us' },
  {
    name: 'inviting, closed to an editor',
    path: `${ST_PETERSBURG}/people/invite`,
    account: EDITOR,
    status: 403,
  },
  {
    name: 'a member, to a coordinator',
    path: memberPath('physician.ru'),
    account: 'coordinator.us',
  },
  { name: 'a member, to a colleague', path: memberPath('physician.ru'), account: EDITOR },
  { name: 'one’s own place, to an observer', path: memberPath('observer'), account: 'observer' },
  { name: 'one’s profile', path: '/account', account: 'physician.ru' },
  { name: 'a link that is over', path: '/join', account: null, status: 410 },
  {
    name: 'people, closed to an observer',
    path: `${ST_PETERSBURG}/people`,
    account: 'observer',
    status: 403,
  },
  {
    name: 'new protocol, closed to a viewer',
    path: `${ST_PETERSBURG}/protocols/new`,
    account: 'viewer',
    status: 403,
  },
  {
    name: 'a protocol that is not there',
    path: `${ST_PETERSBURG}/protocols/${'0'.repeat(24)}`,
    account: EDITOR,
    status: 404,
  },
  { name: 'a foreign partnership', path: SARATOV, account: EDITOR, status: 404 },
  { name: 'another partnership', path: SARATOV, account: 'stranger' },
  { name: 'protocols of another partnership', path: `${SARATOV}/protocols`, account: 'stranger' },
  { name: 'discussions', path: `${ST_PETERSBURG}/discussions`, account: EDITOR },
  {
    name: 'discussions, closed to an observer',
    path: `${ST_PETERSBURG}/discussions`,
    account: 'observer',
    status: 403,
  },
  { name: 'new discussion', path: `${ST_PETERSBURG}/discussions/new`, account: EDITOR },
  { name: 'a discussion, to an editor', path: discussionPath('who-calls'), account: EDITOR },
  { name: 'a discussion, to a viewer', path: discussionPath('who-calls'), account: 'viewer' },
  {
    name: 'a discussion, to a coordinator',
    path: discussionPath('who-calls'),
    account: 'coordinator.us',
  },
  { name: 'tokens', path: '/account/tokens', account: EDITOR },
  { name: 'own data', path: '/account/data', account: EDITOR },
  { name: 'deleting one’s account', path: '/account/delete', account: EDITOR },
  {
    name: 'removing patient data from a discussion',
    path: `${ST_PETERSBURG}/purge?what=thread&thread=${demoId('thread who-calls')}`,
    account: 'coordinator.us',
  },
  {
    name: 'removing patient data from a protocol',
    path: `${ST_PETERSBURG}/purge?what=text&protocol=${demoId('protocol adh')}`,
    account: 'coordinator.us',
  },
  {
    name: 'removing patient data, closed to an editor',
    path: `${ST_PETERSBURG}/purge?what=thread&thread=${demoId('thread who-calls')}`,
    account: EDITOR,
    status: 403,
  },
  { name: 'taking all along', path: `${ST_PETERSBURG}/export`, account: 'coordinator.us' },
  {
    name: 'taking all along, closed to an editor',
    path: `${ST_PETERSBURG}/export`,
    account: EDITOR,
    status: 403,
  },
  { name: 'the record', path: `${ST_PETERSBURG}/record`, account: 'coordinator.us' },
  {
    name: 'the record, closed to an editor',
    path: `${ST_PETERSBURG}/record`,
    account: EDITOR,
    status: 403,
  },
  { name: 'the record, to the programme', path: '/admin/record', account: 'admin' },
  {
    name: 'the programme’s record, to others',
    path: '/admin/record',
    account: EDITOR,
    status: 404,
  },
  { name: 'library', path: `${ST_PETERSBURG}/resources`, account: EDITOR },
  {
    name: 'library, without English',
    path: `${ST_PETERSBURG}/resources?missing=en`,
    account: EDITOR,
  },
  {
    name: 'library, closed to an observer',
    path: `${ST_PETERSBURG}/resources`,
    account: 'observer',
    status: 403,
  },
  { name: 'workshops', path: `${ST_PETERSBURG}/workshops`, account: EDITOR },
  {
    name: 'outcomes of a live workshop',
    path: `${workshopPath('cd4-clinic')}/outcomes`,
    account: EDITOR,
  },
  {
    name: 'outcomes of a workshop',
    path: `${workshopPath('art-basics')}/outcomes`,
    account: 'viewer',
  },
  {
    name: 'attendance of a workshop',
    path: `${workshopPath('art-basics')}/attendance`,
    account: 'coordinator.us',
  },
  {
    name: 'report of a workshop',
    path: `${workshopPath('art-basics')}/report`,
    account: 'coordinator.us',
  },
  { name: 'trained providers', path: `${ST_PETERSBURG}/providers`, account: EDITOR },
  {
    name: 'a certificate, to whoever has its code',
    path: `/certificates/${codeOf(String(participantId('art-basics', 'physician.us')))}`,
    account: null,
  },
  { name: 'new workshop', path: `${ST_PETERSBURG}/workshops/new`, account: EDITOR },
  { name: 'new library item', path: `${ST_PETERSBURG}/resources/new`, account: EDITOR },
  { name: 'a library item, to an editor', path: resourcePath('never-miss'), account: EDITOR },
  { name: 'a library item, to a viewer', path: resourcePath('never-miss'), account: 'viewer' },
]
