import {
  IconBell,
  IconCalendarEvent,
  IconDatabase,
  IconDevices,
  IconFingerprint,
  IconFlag,
  IconLanguage,
  IconMessageCircle,
  IconPalette,
  IconSparkles,
  IconUser,
  IconUserEdit,
} from '@tabler/icons-react'
import { paths } from '../../paths'

/** The pages of the settings, in order. */
export const places = [
  { key: 'account', icon: IconUser, to: paths.settingsAccount },
  { key: 'profile', icon: IconUserEdit, to: paths.settingsProfile },
  { key: 'security', icon: IconFingerprint, to: paths.settingsSecurity },
  { key: 'sessions', icon: IconDevices, to: paths.settingsSessions },
  { key: 'interests', icon: IconSparkles, to: paths.settingsInterests },
  { key: 'messages', icon: IconMessageCircle, to: paths.settingsMessages },
  { key: 'notifications', icon: IconBell, to: paths.settingsNotifications },
  { key: 'calendar', icon: IconCalendarEvent, to: paths.settingsCalendar },
  { key: 'language', icon: IconLanguage, to: paths.settingsLanguage },
  { key: 'appearance', icon: IconPalette, to: paths.settingsAppearance },
  { key: 'reports', icon: IconFlag, to: paths.settingsReports },
  { key: 'data', icon: IconDatabase, to: paths.settingsData },
] as const
