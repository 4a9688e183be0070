import type { Operation } from '../../../shared/policy'

/**
 * What every door of the product asks the policy: the operations' keys, or in one sentence why nothing
 * is asked. `self` concerns nobody but whoever asks; `public` is for anybody.
 *
 * A door that is not here fails `tests/unit/door-keys.test.ts`, as does one that is here and no longer
 * in a router (docs/access.md).
 */
export type DoorKeys = readonly Operation[] | { public: string } | { self: string }

/** What the frame around a page asks, before its own. */
const FRAME: readonly Operation[] = ['partnership:see']
const HERE = 'routes/partnerships.$slug'

/** Remix's routes, each with what takes its requests. */
export const ROUTE_KEYS: Readonly<Record<string, DoorKeys>> = {
  'root loader': { self: 'the reader’s own name, language and count of what is unread' },
  'routes/_index loader': { public: 'leads to the page to begin on' },
  'routes/$ loader': { public: 'says that there is nothing' },
  'routes/sign-in loader': { public: 'the form' },
  'routes/sign-in action': { public: 'whoever knows the password' },
  'routes/sign-out loader': { public: 'leads away; only a form signs out' },
  'routes/sign-out action': { self: 'ends one’s own session' },
  'routes/preferences loader': { public: 'leads away; only a form chooses' },
  'routes/preferences action': { self: 'one’s own language and appearance' },

  'routes/sign-in_.code loader': { public: 'the form' },
  'routes/sign-in_.code action': { public: 'whoever reads the letter' },
  'routes/sign-in_.passkey loader': { public: 'the form' },
  'routes/sign-in_.passkey action': { public: 'whoever has the key' },
  'routes/sign-in_.second loader': { self: 'the second step of a sign-in that has begun' },
  'routes/sign-in_.second action': { self: 'the second step of a sign-in that has begun' },
  'routes/password loader': { public: 'the form' },
  'routes/password action': { public: 'a letter to the address of an account' },
  'routes/password_.link.$token loader': { public: 'takes the token out of the address' },
  'routes/password_.new loader': { public: 'whoever has the link' },
  'routes/password_.new action': { public: 'whoever has the link' },
  'routes/invitations.$token loader': { public: 'takes the token out of the address' },
  'routes/w.$token loader': { public: 'takes the token of a guests’ link out of the address' },
  'routes/workshops.$workshopId._index loader': ['workshop:join', 'workshop:material'],
  'routes/workshops.$workshopId.slides loader': ['workshop:join', 'workshop:facilitate'],
  'routes/workshops.$workshopId.slides action': ['workshop:join', 'thread:reply'],
  'routes/workshops.$workshopId.channel.$channelId loader': ['workshop:join'],
  'routes/workshops.$workshopId.enter loader': { public: 'whoever has the guests’ link' },
  'routes/workshops.$workshopId.enter action': { public: 'whoever has the guests’ link' },
  'routes/workshops.$workshopId.leave loader': { self: 'whether this browser is a guest’s' },
  'routes/workshops.$workshopId.leave action': { self: 'ends what this browser is a guest by' },
  'routes/workshops.$workshopId.waiting loader': { self: 'one’s own waiting' },
  'routes/workshops.$workshopId.check loader': { self: 'one’s own line' },
  'routes/workshops.$workshopId.measure loader': { self: 'one’s own line' },
  'routes/workshops.$workshopId.measure action': { self: 'one’s own line' },
  'routes/demo.guest action': { public: 'the demonstration’s own guest, where there is one' },
  'routes/join loader': ['invite:accept'],
  'routes/join action': ['invite:accept'],

  'routes/account loader': { self: 'the tabs of one’s own pages' },
  'routes/account._index loader': ['self:manage'],
  'routes/account._index action': ['self:manage'],
  'routes/account.data loader': ['self:manage'],
  'routes/account.data action': ['self:manage'],
  'routes/account_.delete loader': ['self:manage'],
  'routes/account_.delete action': ['self:manage'],
  'routes/account.security loader': ['self:manage'],
  'routes/account.security action': ['self:manage'],
  'routes/account.security_.confirm loader': ['self:manage'],
  'routes/account.security_.confirm action': ['self:manage'],
  'routes/account.security_.passkeys loader': ['self:manage'],
  'routes/account.security_.passkeys action': ['self:manage'],
  'routes/account.security_.recovery-codes loader': ['self:manage'],
  'routes/account.security_.recovery-codes action': ['self:manage'],
  'routes/account.security_.totp loader': ['self:manage'],
  'routes/account.security_.totp action': ['self:manage'],
  'routes/account.calendar loader': ['self:manage'],
  'routes/account.calendar action': ['self:manage'],
  'routes/account.tokens loader': ['token:create'],
  'routes/account.tokens action': ['token:create'],
  'routes/notifications loader': ['notification:own', 'notification:receive'],
  'routes/notifications action': ['notification:own', 'notification:receive'],
  'routes/notifications_.$notificationId loader': ['notification:own', 'notification:receive'],
  'routes/notifications_.$notificationId action': ['notification:own', 'notification:receive'],
  'routes/admin loader': ['system:inspect'],
  'routes/admin._index loader': ['system:inspect'],
  'routes/admin.record loader': ['audit:read'],

  'routes/workshops.$workshopId.room loader': ['workshop:join', 'workshop:material'],
  'routes/workshops.$workshopId.room action': ['workshop:join', 'workshop:facilitate'],
  'routes/workshops.$workshopId.act action': ['workshop:join', 'workshop:facilitate'],
  'routes/workshops.$workshopId.earlier loader': ['workshop:join'],
  'routes/workshops.$workshopId.people loader': ['workshop:facilitate'],
  'routes/workshops.$workshopId.notes loader': ['workshop:join'],
  'routes/workshops.$workshopId.notes_.read loader': ['workshop:join'],
  'routes/workshops.$workshopId.notes action': ['workshop:facilitate'],
  'routes/workshops.$workshopId.move action': ['workshop:facilitate'],

  'routes/partnerships._index loader': ['partnership:see'],
  [`${HERE} loader`]: FRAME,
  [`${HERE}._index loader`]: [...FRAME, 'protocol:list', 'member:list'],
  [`${HERE}_.open loader`]: ['admin:open'],
  [`${HERE}_.open action`]: ['admin:open'],
  [`${HERE}.people loader`]: ['member:list', 'member:see-email', 'member:invite'],
  [`${HERE}.people action`]: ['member:invite', 'member:list'],
  [`${HERE}.people_.invite loader`]: ['member:invite', 'member:make-coordinator'],
  [`${HERE}.people_.invite action`]: ['member:invite', 'member:make-coordinator'],
  [`${HERE}.people_.$userId loader`]: ['member:list'],
  [`${HERE}.people_.$userId action`]: [
    'member:invite',
    'member:make-coordinator',
    'member:remove',
    'member:list',
    'self:manage',
  ],
  [`${HERE}.export loader`]: ['partnership:export'],
  [`${HERE}.export action`]: ['partnership:export'],
  [`${HERE}.record loader`]: ['audit:read'],
  [`${HERE}.purge loader`]: ['protocol:purge'],
  [`${HERE}.purge action`]: ['protocol:purge'],
  [`${HERE}.glossary loader`]: ['glossary:read'],
  [`${HERE}.search loader`]: ['search:read'],
  [`${HERE}.protocols._index loader`]: ['protocol:list'],
  [`${HERE}.protocols.new loader`]: ['protocol:create'],
  [`${HERE}.protocols.new action`]: ['protocol:create'],
  [`${HERE}.protocols.$protocolId loader`]: ['protocol:open', 'collab:join', 'thread:read'],
  [`${HERE}.protocols.$protocolId action`]: ['protocol:create'],
  [`${HERE}.protocols.$protocolId.kept loader`]: ['version:read'],
  [`${HERE}.protocols.$protocolId.mark action`]: ['translation:mark-in-sync', 'translation:review'],
  [`${HERE}.protocols.$protocolId_.copies loader`]: ['version:read'],
  [`${HERE}.protocols.$protocolId_.copies action`]: ['version:name'],
  [`${HERE}.discussions._index loader`]: ['thread:read'],
  [`${HERE}.discussions.beside loader`]: ['mention:find'],
  [`${HERE}.discussions.beside action`]: ['thread:create'],
  [`${HERE}.discussions.new loader`]: ['thread:create', 'mention:find'],
  [`${HERE}.discussions.new action`]: ['thread:create'],
  [`${HERE}.discussions.$threadId loader`]: ['thread:read', 'mention:find'],
  [`${HERE}.discussions.$threadId action`]: ['thread:reply'],
  [`${HERE}.discussions.$threadId.beside loader`]: ['thread:read', 'mention:find'],
  [`${HERE}.discussions.$threadId.posts loader`]: ['thread:read'],
  [`${HERE}.discussions.$threadId.reply action`]: ['thread:reply'],
  [`${HERE}.discussions.$threadId.change action`]: [
    'comment:edit',
    'thread:reply',
    'thread:moderate',
    'thread:read',
  ],
  [`${HERE}.resources._index loader`]: ['file:download'],
  [`${HERE}.resources.new loader`]: ['resource:create'],
  [`${HERE}.resources.new action`]: ['resource:create'],
  [`${HERE}.resources.$resourceId loader`]: ['file:download', 'file:upload'],
  [`${HERE}.resources.$resourceId action`]: [
    'resource:create',
    'rendition:add',
    'file:delete',
    'translation:review',
  ],
  [`${HERE}.resources.$resourceId.change action`]: [
    'resource:create',
    'rendition:add',
    'file:delete',
    'translation:review',
  ],
  [`${HERE}.resources.$resourceId.uploads loader`]: ['file:upload'],
  [`${HERE}.workshops._index loader`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.new loader`]: ['workshop:facilitate'],
  [`${HERE}.workshops.new action`]: ['workshop:facilitate'],
  [`${HERE}.workshops.$workshopId loader`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.$workshopId._index loader`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.$workshopId._index action`]: ['workshop:facilitate'],
  [`${HERE}.workshops.$workshopId_.edit loader`]: ['workshop:facilitate'],
  [`${HERE}.workshops.$workshopId_.edit action`]: ['workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.guests loader`]: ['workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.guests action`]: ['workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.slides loader`]: ['workshop:facilitate', 'file:download'],
  [`${HERE}.workshops.$workshopId.slides action`]: ['workshop:facilitate', 'file:download'],
  [`${HERE}.workshops.$workshopId.people loader`]: ['workshop:facilitate', 'member:see-email'],
  [`${HERE}.workshops.$workshopId.people action`]: ['workshop:facilitate'],
  'routes/workshops.$workshopId.registration loader': ['workshop:join'],
  'routes/workshops.$workshopId.registration action': ['workshop:join'],
  'routes/workshops.$workshopId.event[.]ics loader': ['workshop:join'],
  [`${HERE}.workshops.$workshopId.attendance loader`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.attendance action`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.outcomes loader`]: ['workshop:join', 'thread:read'],
  [`${HERE}.workshops.$workshopId.outcomes action`]: [
    'workshop:join',
    'thread:read',
    'thread:create',
    'protocol:create',
  ],
  [`${HERE}.workshops.$workshopId.report loader`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.report action`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.providers loader`]: ['workshop:join'],
  'routes/workshops.$workshopId.certificate[.]pdf loader': ['workshop:join', 'workshop:facilitate'],
  'routes/workshops.$workshopId.report loader': ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.learning loader`]: ['workshop:join', 'workshop:facilitate'],
  [`${HERE}.workshops.$workshopId.learning action`]: ['workshop:join', 'workshop:facilitate'],
  'routes/workshops.$workshopId.test loader': ['workshop:join'],
  'routes/workshops.$workshopId.test action': ['workshop:join'],
  'routes/workshops.$workshopId.evaluation loader': ['workshop:join'],
  'routes/workshops.$workshopId.evaluation action': ['workshop:join'],
  'routes/workshops.$workshopId.promise loader': ['workshop:join'],
  'routes/workshops.$workshopId.promise action': ['workshop:join'],
  'routes/certificates.$code loader': { public: 'whoever holds the code' },
  [`${HERE}.translation action`]: ['translation:request', 'comment:edit'],
}

/** `/api/v1`, by method and path. */
export const API_KEYS: Readonly<Record<string, DoorKeys>> = {
  'GET /openapi.json': { public: 'what the interface is, not what is in it' },
  'GET /me': { self: 'who is signed in' },
  'GET /partnerships': ['partnership:see'],
  'GET /partnerships/{id}/protocols': ['protocol:list'],
  'GET /protocols/{id}': ['protocol:open'],
  'GET /protocols/{id}/collab-access': ['collab:join'],
  'GET /partnerships/{id}/threads': ['thread:read'],
  'GET /threads/{id}/replies': ['thread:read'],
  'POST /threads/{id}/replies': ['thread:reply'],
  'GET /partnerships/{id}/resources': ['file:download'],
}

/** What Express answers beside pages and the interface, by where it is mounted. */
export const PATH_KEYS: Readonly<Record<string, DoorKeys>> = {
  '/healthz': { public: 'whether the process lives' },
  '/readyz': { public: 'whether the database answers' },
  '/uploads': ['file:upload', 'rendition:add'],
  '/files': ['file:download'],
  '/materials': ['workshop:material'],
  '/exports': ['partnership:export', 'self:manage'],
  '/slides': ['workshop:join', 'workshop:facilitate'],
  '/record-exports': ['audit:read'],
  '/calendar': { public: 'whoever has the private address of a calendar' },
  '/api/v1': { public: 'the interface: each of its paths for itself' },
  '/assets': { public: 'the browser’s own files' },
  '*': { public: 'the pages: each route for itself' },
}

/** The methods of tus. */
export const TUS_KEYS: Readonly<Record<string, DoorKeys>> = {
  OPTIONS: { public: 'what the protocol can do' },
  POST: ['file:upload', 'rendition:add'],
  HEAD: ['file:upload'],
  PATCH: ['file:upload'],
  DELETE: ['file:upload'],
}

/** What a client says on Socket.IO. */
export const EVENT_KEYS: Readonly<Record<string, DoorKeys>> = {
  connection: ['live:self'],
  'partnership:join': ['live:partnership', 'presence:see'],
  'partnership:leave': { self: 'hears less' },
  'thread:join': ['live:thread', 'presence:see'],
  'thread:leave': { self: 'hears less' },
  'thread:typing': ['thread:reply'],
  'workshop:join': ['workshop:join', 'workshop:facilitate'],
  'workshop:leave': { self: 'hears less' },
  'workshop:wait': ['workshop:join'],
}

/** What a client says on `/collab`. */
export const FRAME_KEYS: Readonly<Record<string, DoorKeys>> = {
  handshake: ['collab:join'],
  step1: ['collab:read'],
  step2: ['collab:write'],
  update: ['collab:write'],
  awareness: ['collab:send-cursor', 'collab:see-cursors'],
  'query-awareness': ['collab:see-cursors'],
}

/** What is upgraded to a WebSocket, by the beginning of its path. */
export const UPGRADE_KEYS: Readonly<Record<string, DoorKeys>> = {
  '/socket.io/': ['live:self'],
  '/collab/': ['collab:join'],
}

export const KEY_TABLES = [
  ROUTE_KEYS,
  API_KEYS,
  PATH_KEYS,
  TUS_KEYS,
  EVENT_KEYS,
  FRAME_KEYS,
  UPGRADE_KEYS,
]

/** The operations among what a door asks. */
export function keysIn(keys: DoorKeys): readonly Operation[] {
  return 'public' in keys || 'self' in keys ? [] : keys
}
