/** Where the API is; loaded before anybody asks for it. */
export const API_BASE = '/api/v1';

export const isApiPath = (path: string): boolean => path === '/api' || path.startsWith('/api/');
