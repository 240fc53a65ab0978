/** In how many days tickets age, at least and at most. What is deleted cannot be brought back, so it stays for a month. */
export const AGES = {
  autoClose: { least: 1, most: 365 },
  retention: { least: 30, most: 3_650 },
} as const;
