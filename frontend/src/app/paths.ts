/** Every address of the application, once. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  settings: '/settings',
  settingsAccount: '/settings/account',
  settingsSecurity: '/settings/security',
  settingsInterests: '/settings/interests',
  administration: '/admin',
  legal: '/pages/legal',
  privacy: '/pages/privacy',
  accessibility: '/pages/accessibility',
  /** The board of components, in development only. */
  kitchen: '/components',
} as const
