/** What the dashboard says about who a donor is. */
export const donorTexts = {
  guest: 'Not verified',
  issuer: (issuer: string) => `Verified by ${issuer}`,
  backend: 'Verified by your website',
  mailbox: 'Mailbox verified',
  staff: 'Opened by staff',
  claimed: 'Not verified: the donor typed this',
  correct: 'Correct the details',
  corrected: 'The details are corrected.',
  name: 'Name',
  email: 'Email',
  emailHint: 'A corrected address gets emails, but does not open this conversation.',
  contextOf: (key: string) => `${key.charAt(0).toLocaleUpperCase()}${key.slice(1)}`,
  signOut: 'Sign the donor out',
  confirmSignOut:
    'The donor is signed out on all devices and gets no more pushes there. They can come back with a link by email, or through your website.',
  signOutNow: 'Sign out everywhere',
  signedOut: 'The donor is signed out on all devices.',
  otherMail: (email: string) => `Not verified. The verified address is ${email}`,
};
