/** What the dashboard says about donors who are to be called back. */
export const callbackTexts = {
  nav: 'Callbacks',
  filter: 'Callbacks',
  owed: 'To call back',
  overdue: 'Overdue',
  by: (time: string) => `Call back by ${time}`,
  late: 'Callback overdue',
  promised: (time: string) => `The donor was promised a call by ${time}.`,
  missed: (time: string) => `The donor was promised a call by ${time}. It is overdue.`,
  phone: 'Phone',
  done: 'Called back',
};
