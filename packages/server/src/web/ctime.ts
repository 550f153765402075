const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Local time as ctime(3) writes it: `Mon Nov  2 08:06:33 2026`. */
export function ctime(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${days[at.getDay()]} ${months[at.getMonth()]} ${String(at.getDate()).padStart(2)}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${day} ${time} ${at.getFullYear()}`;
}
