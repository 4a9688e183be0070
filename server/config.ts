import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A setting that cannot be used; the message is one sentence that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const SECRET_FILE = 'session-secret'

const flag = z
  .enum(['0', '1', 'false', 'true'], { error: 'is 1 or 0' })
  .transform((value) => value === '1' || value === 'true')

/** An address of the form scheme://host, for the schemes given; a replica set names several hosts. */
const address = (schemes: readonly string[], example: string) =>
  z.string().refine(
    (value) => {
      const one = value.replace(/,[^/?]*/, '')
      if (!URL.canParse(one)) return false
      const { protocol, host } = new URL(one)
      return schemes.includes(protocol) && host !== ''
    },
    { error: `is an address such as ${example}` },
  )

const variables = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: 'is production, development or test',
    })
    .default('production'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'is a port number from 0 to 65535' })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'is a port number from 0 to 65535' })
    .default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, { error: 'is an address to listen on, such as 127.0.0.1' })
    .optional(),
  PUBLIC_URL: address(['http:', 'https:'], 'https://twinward.example.org')
    .refine((value) => isOrigin(value), { error: 'has no path: scheme, host and port only' })
    .transform((value) => new URL(value).origin)
    .optional(),
  DATA_DIR: z.string().default('.data'),
  MONGODB_URI: address(
    ['mongodb:', 'mongodb+srv:'],
    'mongodb://db.example.org/twinward?replicaSet=rs0',
  ).optional(),
  MONGOD_BINARY: z.string().optional(),
  MONGOD_DOWNLOAD: flag.default(true),
  REDIS_URL: address(['redis:', 'rediss:'], 'redis://cache.example.org:6379').optional(),
  SESSION_SECRET: z.string().min(32, { error: 'has at least 32 characters' }).optional(),
  DEMO: flag.optional(),
  SMTP_URL: address(['smtp:', 'smtps:'], 'smtp://mail.example.org:587').optional(),
  SMTP_FROM: z.email({ error: 'is an e-mail address, such as twinward@example.org' }).optional(),
  JITSI_URL: address(['http:', 'https:'], 'https://meet.example.org').optional(),
  BBB_URL: address(['http:', 'https:'], 'https://bbb.example.org/bigbluebutton').optional(),
  BBB_SECRET: z.string().min(8, { error: 'has at least 8 characters' }).optional(),
  ALLOWED_HOSTS: z
    .string()
    .regex(/^[A-Za-z0-9.:[\]_, -]+$/, {
      error: 'is names that requests may ask for, parted by commas, such as twinward:3000',
    })
    .transform((value) =>
      value
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .default([]),
  TRUST_PROXY: z
    .string()
    .regex(/^[0-9A-Za-z.:/, ]+$/, {
      error: 'is the number of proxies in front, or their addresses parted by commas',
    })
    .refine((value) => value !== 'true', {
      error: 'is a number of proxies or their addresses, because trusting everybody trusts forgers',
    })
    .transform((value) => (/^\d+$/.test(value) ? Number(value) : value === 'false' ? 0 : value))
    .default(0),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `is one of ${LOG_LEVELS.join(', ')}` }).default('info'),
})

/** What the embedded database needs to know; handed to `startEmbeddedMongo` as it is. */
export type EmbeddedDatabase = {
  kind: 'embedded'
  dataDir: string
  /** folders that may hold a mongod downloaded earlier; the first is written to */
  cacheDirs: readonly string[]
  /** MONGOD_BINARY */
  binary?: string
  /** false: never reach for the network */
  download: boolean
}

export type Config = {
  /** the repository's root folder, absolute */
  root: string
  environment: 'production' | 'development' | 'test'
  /** 0 lets the system choose */
  port: number
  host: string
  /** an origin without a trailing slash */
  publicUrl?: string
  dataDir: string
  database: EmbeddedDatabase | { kind: 'external'; uri: string }
  redisUrl?: string
  sessionSecret: string
  /** load and offer the demonstration */
  demo: boolean
  smtpUrl?: string
  /** sender of letters */
  smtpFrom: string
  /** a Jitsi Meet for the channels of workshops */
  jitsiUrl?: string
  /** a BigBlueButton for the same */
  bbb?: { url: string; secret: string }
  /** what requests may ask for besides `publicUrl`, in lower case, with the port unless it is the usual one */
  allowedHosts: readonly string[]
  /** for Express's `trust proxy`: hops, or addresses parted by commas */
  trustProxy: number | string
  logLevel: (typeof LOG_LEVELS)[number]
}

/**
 * The settings, read once. An empty variable counts as absent, as compose files pass them.
 *
 * @param env usually `process.env`
 * @param root the repository's root folder; found from this module when absent
 * @throws ConfigError naming the variable and what it should be
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  root: string = findRoot(),
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) throw new ConfigError(sentenceOf(parsed.error))
  const v = parsed.data
  const dataDir = resolve(root, v.DATA_DIR)
  if (v.BBB_URL !== undefined && v.BBB_SECRET === undefined)
    throw new ConfigError('BBB_SECRET goes with BBB_URL: set it (`bbb-conf --secret` prints it).')

  return {
    root,
    environment: v.NODE_ENV,
    port: v.PORT,
    host: v.HOST ?? (v.MONGODB_URI === undefined ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: v.PUBLIC_URL,
    dataDir,
    database:
      v.MONGODB_URI === undefined
        ? {
            kind: 'embedded',
            dataDir,
            cacheDirs: cacheDirs(root, env.HOME),
            binary: v.MONGOD_BINARY,
            download: v.MONGOD_DOWNLOAD,
          }
        : { kind: 'external', uri: v.MONGODB_URI },
    redisUrl: v.REDIS_URL,
    sessionSecret: v.SESSION_SECRET ?? keptSecret(dataDir),
    demo: v.DEMO ?? v.MONGODB_URI === undefined,
    smtpUrl: v.SMTP_URL,
    smtpFrom: v.SMTP_FROM ?? `no-reply@${mailHostOf(v.PUBLIC_URL)}`,
    jitsiUrl: v.JITSI_URL,
    ...(v.BBB_URL && v.BBB_SECRET ? { bbb: { url: v.BBB_URL, secret: v.BBB_SECRET } } : {}),
    allowedHosts: v.ALLOWED_HOSTS,
    trustProxy: v.TRUST_PROXY,
    logLevel: v.LOG_LEVEL,
  }
}

/** The settings for the log at boot: passwords in addresses and the secret are not in it. */
export function describeConfig(config: Config): Record<string, string | number | boolean> {
  const rows = {
    environment: config.environment,
    port: config.port,
    host: config.host,
    publicUrl: config.publicUrl,
    dataDir: config.dataDir,
    database:
      config.database.kind === 'embedded' ? 'embedded' : withoutPassword(config.database.uri),
    redisUrl: config.redisUrl && withoutPassword(config.redisUrl),
    sessionSecret: '(set)',
    demo: config.demo,
    smtpUrl: config.smtpUrl && withoutPassword(config.smtpUrl),
    smtpFrom: config.smtpFrom,
    jitsiUrl: config.jitsiUrl && withoutPassword(config.jitsiUrl),
    bbbUrl: config.bbb && withoutPassword(config.bbb.url),
    bbbSecret: config.bbb && '(set)',
    allowedHosts: config.allowedHosts.join(', ') || undefined,
    trustProxy: config.trustProxy,
    logLevel: config.logLevel,
  }
  const known: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(rows)) if (value !== undefined) known[name] = value
  return known
}

/**
 * Why the server could not listen, as one sentence with the way out; undefined if `error` is about
 * something else.
 */
export function describeListenError(
  error: unknown,
  at: { host: string; port: number },
): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${at.port} is taken: stop what uses it, or choose another one with PORT=${at.port === 65_535 ? 3000 : at.port + 1}.`
  if (code === 'EACCES')
    return `Port ${at.port} may not be used by this account: choose one above 1023 with PORT.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST is ${at.host}, which is not an address of this machine: use 127.0.0.1 or 0.0.0.0.`
  return undefined
}

/** The folder of Twinward's package.json, from `server/` as well as from a build. */
export function findRoot(from: string = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest)) {
      const named = z.object({ name: z.string().optional() })
      const parsed = named.safeParse(JSON.parse(readFileSync(manifest, 'utf8')))
      if (parsed.data?.name === 'twinward') return folder
    }
    if (folder === dirname(folder)) throw new Error(`no package.json of twinward above ${from}`)
  }
}

/** The project's own cache, then one in the home folder that several copies can share. */
function cacheDirs(root: string, home: string | undefined): string[] {
  const own = join(root, '.cache', 'mongod')
  return home === undefined ? [own] : [own, join(home, '.cache', 'twinward', 'mongod')]
}

/** A secret made once and kept where only this account can read it. */
function keptSecret(dataDir: string): string {
  const path = join(dataDir, SECRET_FILE)
  const draft = `${path}.${process.pid}`
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (!existsSync(path)) {
      writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600 })
      // a link fails where the file exists: two copies starting at once agree on the first one's
      try {
        linkSync(draft, path)
      } catch (error) {
        if (!existsSync(path)) throw error
      } finally {
        rmSync(draft, { force: true })
      }
    }
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConfigError(
      `DATA_DIR is ${dataDir}, which cannot be written (${why}): make it writable or set DATA_DIR to another folder.`,
    )
  }
}

/** Host part of our addresses in letters. */
export function mailHostOf(publicUrl: string | undefined): string {
  return publicUrl ? new URL(publicUrl).hostname : 'localhost'
}

function isOrigin(value: string): boolean {
  const url = new URL(value)
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
}

function withoutPassword(uri: string): string {
  return uri.replace(/\/\/[^/]*@/, '//***@')
}

function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues
  return `${issue?.path.join('.')} ${issue?.message}: correct it or unset it.`
}
