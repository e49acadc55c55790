import { afterAll, afterEach, beforeEach, describe } from 'vitest'
import { libsqlPlaces, postgresqlPlaces } from '../testing/place.ts'
import { calls } from '../testing/suite/calls.ts'
import { cases } from '../testing/suite/cases.ts'
import { conflicts } from '../testing/suite/conflicts.ts'
import { HostPlay } from '../testing/suite/host-play.ts'
import { jobs } from '../testing/suite/jobs.ts'
import { listeners } from '../testing/suite/listeners.ts'
import { rebuilds } from '../testing/suite/rebuilds.ts'
import { requests } from '../testing/suite/requests.ts'
import { resting } from '../testing/suite/resting.ts'
import { signals } from '../testing/suite/signals.ts'
import { starts } from '../testing/suite/starts.ts'
import { suspended } from '../testing/suite/suspended.ts'
import { unreadable } from '../testing/suite/unreadable.ts'
import { waits } from '../testing/suite/waits.ts'

describe.each([libsqlPlaces, postgresqlPlaces])('the durable host on $name', (places) => {
  const play = new HostPlay(places)
  beforeEach(() => play.open())
  afterEach(() => play.close())
  afterAll(() => places.end())

  describe('requests', () => requests(play))
  describe('cases', () => cases(play))
  describe('conflicts', () => conflicts(play))
  describe('timers and messages', () => waits(play))
  describe('jobs', () => jobs(play))
  describe('listeners and priorities', () => listeners(play))
  describe('calls', () => calls(play))
  describe('signals', () => signals(play))
  describe('start events', () => starts(play))
  describe('suspended cases', () => suspended(play))
  describe('what cannot be read', () => unreadable(play))
  describe('rebuilding', () => rebuilds(play))
  describe('cases at rest', () => resting(play))
})
