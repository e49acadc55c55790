// Verifies the archive package of one case away from the system that made it, with nothing but Node 20 or a browser:
// node verify-bihuan.mjs PACKAGE.zip [--key FINGERPRINT or KEY.pem] [--checkpoint checkpoints.jsonl] [--lang zh or en]
// Exit code 0 when everything holds. What a package is made of and what each check proves: docs/trail.md.

/** Chinese, English. */
const words = {
  ok: ['全部核对无误。', 'Everything holds.'],
  alone: ['包内各部分相符，但密钥是谁的还没有核对。', 'It agrees with itself; whose key it is has not been checked.'],
  bad: ['有不符之处：', 'Something does not hold:'],
  rows: ['办件 {name}：{rows} 行记录，{open} 行尚未封存。', 'Case {name}: {rows} rows, {open} not sealed yet.'],
  erased: ['不在包里的内容（删除或不公开）{count} 条：{list}', '{count} records left out (erased or withheld): {list}'],
  key: ['签名密钥 {key}', 'Signed by {key}'],
  claimed: ['编号 {number} 只是包的说法：登记它的内容不在包里', 'The number {number} is only what the package says'],
  running: ['按这些记录办件没有办结，之后可能还有记录', 'By these rows the case has not ended: later ones may exist'],
  left: ['记录里提到、包里没有的附件：{count} 个', '{count} attachments that the records name are not here'],
  beside: ['仅供参阅、不在证明之内：{list}', 'For reading alone, not proven: {list}'],
  trusted: ['密钥与您给的一致，或由它认可。', 'The key is the one you gave, or vouched for by it.'],
  compare: ['请将上面的密钥与主管部门公布的核对。', 'Compare the key above with what the authority has published.'],
  kept: ['检查点 {number} 与您留存的一致。', 'Checkpoint {number} is the one you kept.'],
  betrayed: ['密钥后来被宣布失密，请核对留存的检查点', 'The key was betrayed later: compare a kept checkpoint'],
  usage: [
    '用法：node verify-bihuan.mjs 归档包.zip [--key 指纹] [--checkpoint 检查点文件] [--lang zh 或 en]',
    'Usage: node verify-bihuan.mjs PACKAGE.zip [--key FINGERPRINT] [--checkpoint FILE] [--lang zh or en]',
  ],
  unread: ['读不了文件 {name}', 'File {name} cannot be read'],
  zip: ['打不开这个归档包', 'The package cannot be opened'],
  format: ['归档包读不懂：{name}', 'The package cannot be read: {name}'],
  about: ['manifest.json 里的 {name} 与记录不符', 'What manifest.json says is {name} is not what the records say'],
  fileChanged: ['文件 {name} 被改动', 'File {name} was changed'],
  fileMissing: ['缺少文件 {name}', 'File {name} is missing'],
  fileExtra: ['多出文件 {name}', 'File {name} does not belong here'],
  keyHistory: ['第 {number} 个密钥的声明不成立', 'The statement of key {number} does not hold'],
  keyUnknown: ['签名密钥与您给的无关', 'The signing key has nothing to do with yours'],
  checkpoint: ['检查点 {number} 的签名不成立', 'The signature of checkpoint {number} does not hold'],
  row: ['第 {sequence} 行被改动（{fault}）', 'Row {sequence} was changed ({fault})'],
  proof: ['第 {sequence} 行不在检查点 {number} 里', 'Row {sequence} is not in checkpoint {number}'],
  history: ['history.json 与记录不符', 'history.json is not what the records say'],
  outside: ['检查点 {number} 与您留存的不同', 'Checkpoint {number} is another than the one you kept'],
  newer: ['您留存的没有检查点 {number}，请取更新的副本', 'What you kept has no checkpoint {number}: take a newer copy'],
  nothing: ['没有一行已封存，证明不了什么', 'No row is sealed: nothing is proven'],
  ed25519: ['这里核对不了 Ed25519，请换新版浏览器', 'Ed25519 cannot be checked here: use a newer browser'],
}

const utf8 = (text) => new TextEncoder().encode(text)
const text = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
const hex = (bytes) => Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, '0')).join('')
const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (two) => Number.parseInt(two, 16))
const unbase64 = (letters) => Uint8Array.from(atob(letters), (one) => one.charCodeAt(0))
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]))
const sha256 = async (bytes) => hex(await crypto.subtle.digest('SHA-256', bytes))

/** SM3, GB/T 32905. */
export function sm3(bytes) {
  const rol = (x, n) => (x << (n & 31)) | ((x >>> (32 - (n & 31) || 32)) * ((n & 31) !== 0))
  const length = bytes.length
  const padded = new Uint8Array((((length + 8) >> 6) << 6) + 64)
  padded.set(bytes)
  padded[length] = 0x80
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(length) * 8n)
  const view = new DataView(padded.buffer)
  let v = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]
  for (let at = 0; at < padded.length; at += 64) {
    const w = Array.from({ length: 16 }, (_, i) => view.getInt32(at + 4 * i))
    for (let i = 16; i < 68; i += 1) {
      const x = w[i - 16] ^ w[i - 9] ^ rol(w[i - 3], 15)
      w[i] = x ^ rol(x, 15) ^ rol(x, 23) ^ rol(w[i - 13], 7) ^ w[i - 6]
    }
    let [a, b, c, d, e, f, g, h] = v
    for (let i = 0; i < 64; i += 1) {
      const early = i < 16
      const ss1 = rol((rol(a, 12) + e + rol(early ? 0x79cc4519 : 0x7a879d8a, i)) | 0, 7)
      const tt1 = ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + (ss1 ^ rol(a, 12)) + (w[i] ^ w[i + 4])) | 0
      const tt2 = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + ss1 + w[i]) | 0
      ;[a, b, c, d, e, f, g, h] = [tt1, a, rol(b, 9), c, tt2 ^ rol(tt2, 9) ^ rol(tt2, 17), e, rol(f, 19), g]
    }
    v = [a, b, c, d, e, f, g, h].map((x, i) => x ^ v[i])
  }
  return v.map((x) => (x >>> 0).toString(16).padStart(8, '0')).join('')
}

const digest = async (algorithm, bytes) => (algorithm === 'sm3' ? sm3(bytes) : sha256(bytes))

/** The curve of SM2 (GB/T 32918.5): y² = x³ − 3x + B over the numbers modulo P; its point G has the order N. */
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const G = [
  0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
]
/** SubjectPublicKeyInfo of a key on it, up to the coordinates of its point. */
const SM2_KEY = '3059301306072a8648ce3d020106082a811ccf5501822d03420004'

const modulo = (x) => ((x % P) + P) % P

/** What x is multiplied by to give one modulo P, by the algorithm of Euclid. */
function inverse(x) {
  let [a, b, u, v] = [modulo(x), P, 1n, 0n]
  while (a > 1n) {
    const q = b / a
    ;[a, b, u, v] = [b - q * a, a, v - q * u, u]
  }
  return modulo(u)
}

/** The sum of two points of the curve; null is the point at infinity. */
function sum(one, other) {
  if (!one || !other) return one ?? other
  const [[x1, y1], [x2, y2]] = [one, other]
  if (x1 === x2 && y1 !== y2) return null
  const slope = x1 === x2 ? (3n * x1 * x1 - 3n) * inverse(2n * y1) : (y2 - y1) * inverse(x2 - x1)
  const x = modulo(slope * slope - x1 - x2)
  return [x, modulo(slope * (x1 - x) - y1)]
}

/** A point added to itself so many times. */
function multiple(count, point) {
  let [result, twice] = [null, point]
  for (let left = count; left > 0n; left >>= 1n) {
    if (left & 1n) result = sum(result, twice)
    twice = sum(twice, twice)
  }
  return result
}

const number = (bytes) => BigInt(`0x0${hex(bytes)}`)

/** The two numbers of a signature in DER; null for any other bytes. */
function readSignature(bytes) {
  const second = 4 + bytes[3]
  const [r, s] = [bytes.subarray(4, second), bytes.subarray(second + 2)]
  const isWhole = bytes[0] === 0x30 && bytes[1] === bytes.length - 2 && bytes[second + 1] === s.length
  return isWhole && bytes[2] === 2 && bytes[second] === 2 ? [number(r), number(s)] : null
}

/** SM2 with SM3 and the identifier everybody expects (GB/T 32918.2, 7). */
export function holdsSm2(publicKey, body, signature) {
  const key = hex(publicKey)
  const point = key.slice(SM2_KEY.length)
  if (!key.startsWith(SM2_KEY) || point.length !== 128) return false
  const [x, y] = [BigInt(`0x${point.slice(0, 64)}`), BigInt(`0x${point.slice(64)}`)]
  if (x >= P || y >= P || modulo(y * y - x * x * x + 3n * x - B) !== 0n) return false
  const [r, s] = readSignature(signature) ?? [0n, 0n]
  const t = (r + s) % N
  if (r === 0n || s === 0n || r >= N || s >= N || t === 0n) return false
  const curve = [P - 3n, B, ...G].map((one) => one.toString(16).padStart(64, '0')).join('')
  const signer = sm3(joined([0, 128], utf8('1234567812345678'), unhex(curve + point)))
  const found = sum(multiple(s, G), multiple(t, [x, y]))
  return found !== null && (BigInt(`0x${sm3(joined(unhex(signer), utf8(body)))}`) + found[0]) % N === r
}

/** Whether a signature holds. Throws `ed25519` where this place cannot say. */
async function holdsSignature(keyId, publicKey, body, signature) {
  const spki = unbase64(publicKey)
  const [algorithm, fingerprint] = keyId.split(':')
  if ((await sha256(spki)) !== fingerprint) return false
  if (algorithm === 'sm2') return holdsSm2(spki, body, unbase64(signature))
  const key = await crypto.subtle.importKey('spki', spki, { name: 'Ed25519' }, false, ['verify']).catch(() => {
    throw { code: 'ed25519' }
  })
  return crypto.subtle.verify({ name: 'Ed25519' }, key, unbase64(signature), utf8(body))
}

/** Bytes that a zip archive may unfold to. */
const LARGEST = 2 ** 31

/** Unfolds bytes that are said to become so many; throws when they become more or fewer. */
async function unfolded(packed, size) {
  const found = new Uint8Array(size)
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  for (let at = 0; ; ) {
    const { done, value } = await reader.read()
    if (done ? at !== size : at + value.length > size) throw { code: 'zip' }
    if (done) return found
    found.set(value, at)
    at += value.length
  }
}

/**
 * The files of a zip archive by name. Nothing may lie between, before or behind them, and each has one name: what is
 * verified here is what every other tool finds in the archive.
 */
export async function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [two, four] = [(at) => view.getUint16(at, true), (at) => view.getUint32(at, true)]
  const end = bytes.length - 22
  if (end < 0 || four(end) !== 0x06054b50) throw { code: 'zip' }
  const files = new Map()
  let [at, next, room] = [four(end + 16), 0, LARGEST]
  for (let i = two(end + 10); i > 0; i -= 1) {
    const [method, size, whole, local] = [two(at + 10), four(at + 20), four(at + 24), four(at + 42)]
    const [listed, twin] = [
      bytes.subarray(at + 46, at + 46 + two(at + 28)),
      bytes.subarray(local + 30, local + 30 + two(local + 26)),
    ]
    const from = local + 30 + two(local + 26) + two(local + 28)
    const packed = bytes.subarray(from, from + size)
    const isOne = four(at) === 0x02014b50 && four(local) === 0x04034b50 && local === next && hex(listed) === hex(twin)
    const isWhole = packed.length === size && (method === 8 || (method === 0 && size === whole))
    room -= whole
    if (!isOne || !isWhole || method !== two(local + 8) || room < 0) throw { code: 'zip' }
    const name = text(listed)
    if (files.has(name)) throw { code: 'zip' }
    files.set(name, method === 8 ? await unfolded(packed, whole) : packed)
    next = from + size
    at += 46 + two(at + 28) + two(at + 30) + two(at + 32)
  }
  if (next !== four(end + 16) || at !== end) throw { code: 'zip' }
  return files
}

/** Lines `name value` after a first line, in the order of the names; null for any other text. */
function lines(body, first, names) {
  const found = new RegExp(`^${first}\\n${names.map((name) => `${name} (.+)\\n`).join('')}$`).exec(body)
  return found && Object.fromEntries(names.map((name, i) => [name, found[i + 1]]))
}

const KEY = ['origin', 'number', 'key', 'public', 'reason', 'after', 'last', 'time', 'previous']
const readKey = (body) => lines(body, 'bihuan.key.1', KEY)
const CHECKPOINT = ['origin', 'number', 'tree', 'size', 'root', 'time', 'key', 'previous']
const readCheckpoint = (body) => lines(body, 'bihuan.checkpoint.1', CHECKPOINT)

/** The keys of a history, oldest first; a key by plan is signed by the one before it, too. */
async function readKeys(history) {
  const keys = []
  for (const [i, { body, signature, previousSignature: other }] of history.entries()) {
    const key = readKey(body)
    const before = keys.at(-1)
    const fault = { code: 'keyHistory', number: i + 1 }
    if (Number(key?.number) !== i + 1 || !(await holdsSignature(key.key, key.public, body, signature))) throw fault
    const isVouched = !before || (other !== null && (await holdsSignature(before.key, before.public, body, other)))
    const origin = before?.origin ?? key.key.split(':')[1]
    const previous = before ? await sha256(utf8(history[i - 1].body)) : '-'
    if (key.origin !== origin || key.previous !== previous || (key.reason === 'rotated' && !isVouched)) throw fault
    keys.push({ ...key, isVouched })
  }
  return keys
}

/** Walks the rows of the case; gives what was erased. */
async function checkRows(stream, rows) {
  const erased = []
  let previous = { hash: '0'.repeat(64), position: 1 }
  for (const [i, row] of rows.entries()) {
    const fault = (name) => ({ code: 'row', sequence: i + 1, fault: name })
    const algorithm = row.hash.startsWith('sm3:') ? 'sm3' : 'sha256'
    const names = ['sequence', 'position', 'at', 'actorType', 'actorId', 'requestId', 'kind', 'previousHash']
    const tag = algorithm === 'sm3' ? 'bihuan.trail.1.sm3' : 'bihuan.trail.1'
    const columns = [tag, stream, ...names.map((name) => row[name])]
    const hash = await digest(algorithm, utf8(`${JSON.stringify(columns)}\n${row.heads}`))
    if (row.sequence !== i + 1) throw fault('sequence')
    if ((algorithm === 'sm3' ? `sm3:${hash}` : hash) !== row.hash) throw fault('hash')
    if (row.previousHash !== previous.hash) throw fault('previousHash')
    const heads = JSON.parse(row.heads)
    if (row.position !== previous.position || heads.length !== row.records.length) throw fault('records')
    for (const [n, record] of row.records.entries()) {
      if (record === null) erased.push(`${row.sequence}.${n} ${heads[n][0]}`)
      else if ((await digest(algorithm, utf8(record))) !== heads[n][3]) throw fault(heads[n][0])
    }
    previous = { hash: row.hash, position: row.position + heads.length }
  }
  return erased
}

/** The root an inclusion proof leads to (RFC 9162 §2.1.3.2); null when it has not the length of one. */
async function rootOf(algorithm, hash, { index, size, path }) {
  const node = (left, right) => digest(algorithm, joined([1], unhex(left), unhex(right)))
  let [fn, sn, root] = [index, size - 1, await digest(algorithm, joined([0], utf8(hash)))]
  for (const sibling of path) {
    if (sn === 0) return null
    const isRight = fn % 2 === 1 || fn === sn
    root = isRight ? await node(sibling, root) : await node(root, sibling)
    while (isRight && fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && index < size ? root : null
}

/** The records of the rows as people read them, null where erased; `history.json` has to be the same. */
export const historyOf = (rows) =>
  rows.map(({ sequence, at, actorType, actorId, heads, records }) => ({
    sequence,
    at: new Date(at).toISOString(),
    actor: `${actorType} ${actorId}`,
    records: JSON.parse(heads).map(([kind, key], n) => ({
      kind,
      key,
      value: records[n] && JSON.parse(records[n].slice(32)),
    })),
  }))

/** What the manifest says of the case is what the rows say, as far as they are here. */
function checkAbout(about, stream, rows, notes) {
  const differs = (name) => ({ code: 'about', name })
  if (Math.floor(Number(about.key) / 2 ** 20) !== stream) throw differs('key')
  const time = (row) => (row ? new Date(row.at).toISOString() : null)
  const endIn = ({ heads }) =>
    JSON.parse(heads).find(
      ([kind, key]) => /^processInstance\.(completed|terminated)$/.test(kind) && `${key}` === about.key,
    )
  const end = rows.find(endIn)
  const state = end && endIn(end)[0].split('.')[1]
  if (end ? about.state !== state : !['active', 'suspended'].includes(about.state)) throw differs('state')
  if (about.startedAt !== time(rows[0])) throw differs('startedAt')
  if (about.endedAt !== time(end)) throw differs('endedAt')
  if (!end) notes.push({ code: 'running' })
  const created =
    rows.length > 0 ? JSON.parse(rows[0].heads).findIndex(([kind]) => kind === 'processInstance.created') : -1
  const record = created < 0 ? null : rows[0].records[created]
  if (record === null) notes.push({ code: 'claimed', number: about.number })
  else if (JSON.parse(record.slice(32)).businessId !== about.number) throw differs('number')
}

/**
 * Attachments are those the records name. Drawings and the like, what erasures left of records, and attachments that only
 * this names are told to be there for reading alone.
 */
function checkAttachments(files, rows, notes) {
  const idsIn = (line) => [...line.matchAll(/"id":"([0-9a-f]{64}-[0-9a-f]{16})"/g)].map(([, id]) => id)
  const named = new Set(rows.flatMap(({ records }) => records.filter((record) => record !== null).flatMap(idsIn)))
  const left = new Set(files.has('left.json') ? idsIn(text(files.get('left.json'))) : [])
  const beside = []
  const found = new Set()
  for (const name of files.keys()) {
    const id = /^files\/([^/]+)\/[^/]+$/.exec(name)?.[1]
    if (['manifest.json', 'case.json', 'history.json', 'proof.json'].includes(name)) continue
    if (name === 'left.json' || /^(processes|decisions|forms)\/[^/]+$/.test(name)) beside.push(name)
    else if (found.has(id) || !(named.has(id) || left.has(id))) throw { code: 'fileExtra', name }
    else if (named.has(id)) found.add(id)
    else beside.push(name)
  }
  if (beside.length > 0) notes.push({ code: 'beside', list: beside.join(', ') })
  if (found.size < named.size) notes.push({ code: 'left', count: named.size - found.size })
}

/** Every file is the one the manifest names, an attachment the one its own name says. */
async function checkFiles(files, sums) {
  for (const name of Object.keys(sums)) if (!files.has(name)) throw { code: 'fileMissing', name }
  for (const [name, content] of files) {
    if (name === 'manifest.json') continue
    if (!Object.hasOwn(sums, name)) throw { code: 'fileExtra', name }
    const sum = await sha256(content)
    if (sum !== sums[name] || (/^files\/(.{64})-/.exec(name)?.[1] ?? sum) !== sum) throw { code: 'fileChanged', name }
  }
}

/** Every checkpoint is signed by the key that was in force, and that key is the one trusted or vouched for by it. */
async function checkSigners(history, checkpoints, trusted, notes) {
  const keys = await readKeys(history)
  for (const { body, signature } of checkpoints) {
    const { key: id, number, origin } = readCheckpoint(body)
    const at = keys.findLastIndex((key) => Number(key.after) < Number(number))
    const isSame = keys[at]?.key === id && keys[at].origin === origin
    if (!isSame || !(await holdsSignature(id, keys[at].public, body, signature))) throw { code: 'checkpoint', number }
    notes.push({ code: 'key', key: id })
    if (keys[at + 1]?.reason === 'compromised') notes.push({ code: 'betrayed' })
    const known = keys.findIndex(({ key }) => trusted?.length >= 16 && key.split(':')[1].startsWith(trusted))
    // A later key has signed the digests of all statements before it; an earlier one vouches along signatures.
    const isTrusted = known >= 0 && keys.slice(known + 1, at + 1).every((key) => key.isVouched)
    if (trusted !== undefined && !isTrusted) throw { code: 'keyUnknown' }
    notes.push({ code: isTrusted ? 'trusted' : 'compare' })
  }
}

/** Each checkpoint is the one that was kept elsewhere under its number. */
function checkKept(checkpoints, kept, notes) {
  for (const { body } of checkpoints) {
    const { number } = readCheckpoint(body)
    const same = kept.find((one) => readCheckpoint(one)?.number === number)
    if (same !== body) throw { code: same === undefined ? 'newer' : 'outside', number }
    notes.push({ code: 'kept', number })
  }
}

async function judge(bytes, { key, checkpoints: kept }, notes) {
  const files = await readZip(bytes).catch(() => {
    throw { code: 'zip' }
  })
  const read = (name) => {
    if (!files.has(name)) throw { code: 'fileMissing', name }
    return JSON.parse(text(files.get(name)))
  }
  const manifest = read('manifest.json')
  if (manifest.format !== 'bihuan.case.1') throw { code: 'format', name: 'manifest.json' }
  await checkFiles(files, manifest.files)
  const { stream, rows } = read('case.json')
  const erased = await checkRows(stream, rows)
  if (JSON.stringify(read('history.json')) !== JSON.stringify(historyOf(rows))) throw { code: 'history' }
  checkAbout(manifest.case, stream, rows, notes)
  checkAttachments(files, rows, notes)
  const proof = read('proof.json')
  let last = 0
  for (const one of proof.rows) {
    const said = proof.checkpoints.map(({ body }) => readCheckpoint(body)).find(({ tree }) => Number(tree) === one.tree)
    const [algorithm, root] = said?.root.split(':') ?? []
    const isIn = one.size === Number(said?.size) && (await rootOf(algorithm, rows[one.sequence - 1].hash, one)) === root
    if (!isIn) throw { code: 'proof', sequence: one.sequence, number: said?.number ?? '?' }
    last = Math.max(last, one.sequence)
  }
  // A sealed row proves those before it along their hashes.
  notes.push({ code: 'rows', name: manifest.case.number ?? stream, rows: rows.length, open: rows.length - last })
  if (erased.length > 0) notes.push({ code: 'erased', count: erased.length, list: erased.join(', ') })
  if (last === 0) throw { code: 'nothing' }
  if (kept) checkKept(proof.checkpoints, kept, notes)
  if (!kept || key !== undefined) await checkSigners(proof.keys, proof.checkpoints, key, notes)
}

/** Verifies the bytes of a package. `key`: fingerprint one trusts; `checkpoints`: bodies one kept. Gives what was found. */
export async function verifyPackage(bytes, options = {}) {
  const notes = []
  try {
    await judge(bytes, options, notes)
    return { holds: true, fault: null, notes }
  } catch (error) {
    return { holds: false, fault: words[error?.code] ? error : { code: 'format', name: error?.message }, notes }
  }
}

/** Signs that move the cursor or turn the text would let a package write over what is said of it. */
const plain = (value) =>
  String(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0).toString(16)}}`)

const sentence = ({ code, ...facts }, language) =>
  words[code][language].replace(/\{(\w+)\}/g, (_, name) => plain(facts[name]))

/** What was found, as lines of text: in Chinese (0) or English (1). */
export function say({ holds, fault, notes }, language) {
  const good = notes.some(({ code }) => code === 'compare') ? words.alone : words.ok
  const end = holds ? good[language] : `${words.bad[language]} ${sentence(fault, language)}`
  return [...notes.map((note) => sentence(note, language)), end]
}

/** Bodies of the checkpoints in a file of lines, however an editor has ended them; what is none is left out. */
export const readKept = (content) =>
  content.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line.trim()).body]
    } catch {
      return []
    }
  })

/** Fingerprint of a key given as PEM, or as it is shown. */
export async function fingerprintOf(given) {
  if (given.includes('-----')) return sha256(unbase64(given.replace(/-----[^-]+-----|\s/g, '')))
  return given.trim().toLowerCase().replace(/^.*:/, '')
}

/** The package and the options by name; null for anything else than these. */
function readArguments(given) {
  const found = {}
  for (let i = 0; i < given.length; i += 1) {
    const name = given[i].startsWith('--') ? given[i].slice(2) : 'file'
    if (name !== 'file') i += 1
    const isKnown = ['file', 'key', 'checkpoint', 'lang'].includes(name) && !Object.hasOwn(found, name)
    if (!isKnown || !given[i]) return null
    found[name] = given[i]
  }
  return found.file === undefined ? null : found
}

async function main(given) {
  const { existsSync, readFileSync } = await import('node:fs')
  const found = readArguments(given)
  const language = (found?.lang ?? process.env.LANG ?? '').startsWith('zh') ? 0 : 1
  const refuse = (fault) => {
    console.error(sentence(fault, language))
    return 2
  }
  if (found === null) return refuse({ code: 'usage' })
  let name = found.file
  try {
    const bytes = new Uint8Array(readFileSync(name))
    name = found.checkpoint
    const checkpoints = name && readKept(readFileSync(name, 'utf8'))
    name = found.key
    const key = name && (await fingerprintOf(existsSync(name) ? readFileSync(name, 'utf8') : name))
    const judged = await verifyPackage(bytes, { key, checkpoints })
    console.log(say(judged, language).join('\n'))
    return judged.holds ? 0 : 1
  } catch {
    return refuse({ code: 'unread', name })
  }
}

/** Whether this file is what Node was told to run, under whatever name. */
async function isRun() {
  if (typeof process === 'undefined' || !process.argv?.[1]) return false
  const [{ realpathSync }, { pathToFileURL }] = await Promise.all([import('node:fs'), import('node:url')])
  try {
    return pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url
  } catch {
    return false
  }
}

if (await isRun()) process.exitCode = await main(process.argv.slice(2))
