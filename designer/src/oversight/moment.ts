import { fullDayText, timeText } from '../i18n/dates.ts'

/** A moment to the second, in the zone of the house: records are told apart by it. */
export const exactText = (time: string): string => `${fullDayText(time)} ${timeText(time)}:${time.slice(17, 19)}`
