/** Where the stream is; loaded before anybody asks for it. */
export const STREAM_PATH = '/api/v1/stream';
