export function celsius(fahrenheit: number): number {
  const difference = fahrenheit - 32;
  return Math.round((difference * 5) / 9);
}
