import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsUpdate } from 'y-protocols/sync'
import { MESSAGE_PACKED_STATE, MESSAGE_SYNC } from '../../../../shared/collab/wire'
import type { Unpack } from './unpack'

/** A message of the sync protocol. @param step `messageYjsSyncStep2` or `messageYjsUpdate` */
export function syncFrame(step: number, update: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE_SYNC)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, update)
  return new Uint8Array(encoding.toUint8Array(encoder))
}

/** The update in such a message. */
export function updateIn(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}

/** A packed state as the sync Update that it stands for; undefined for any other frame. */
export function unpacked(frame: ArrayBuffer, unpack: Unpack): Promise<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(frame)
  if (bytes[0] !== MESSAGE_PACKED_STATE) return undefined
  const read = async () => {
    const decoder = decoding.createDecoder(bytes)
    decoding.readVarUint(decoder)
    const packed = new Uint8Array(decoding.readVarUint8Array(decoder))
    return syncFrame(messageYjsUpdate, await unpack(packed)).buffer
  }
  return read()
}
