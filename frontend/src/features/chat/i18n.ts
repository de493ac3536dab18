import { composer } from './texts/composer'
import { details } from './texts/details'
import { list } from './texts/list'
import { message } from './texts/message'
import { room } from './texts/room'
import { settings } from './texts/settings'

/** All that is said of conversations, by what it is about. */
export const texts = {
  fr: { ...list.fr, ...room.fr, ...message.fr, ...composer.fr, ...details.fr, ...settings.fr },
  en: { ...list.en, ...room.en, ...message.en, ...composer.en, ...details.en, ...settings.en },
}
