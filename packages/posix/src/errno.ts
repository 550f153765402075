import { gai_strerror, strerror as describe } from './libc.ts';

/**
 * The names by number, as of Linux on x64 and arm64 (asm-generic/errno.h); node:os knows only half
 * of them, and exec(2) can answer with others (ELIBBAD). Of two names for one number it is the one
 * that Python prints, since these names stand in the texts that operators know.
 */
const names =
  ' EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP  ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT  EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON'.split(
    ' ',
  );

/** The resolver's own numbers, all below zero: getaddrinfo(3). */
const resolverNames: Readonly<Record<number, string>> = {
  [-1]: 'EAI_BADFLAGS',
  [-2]: 'EAI_NONAME',
  [-3]: 'EAI_AGAIN',
  [-4]: 'EAI_FAIL',
  [-5]: 'EAI_NODATA',
  [-6]: 'EAI_FAMILY',
  [-7]: 'EAI_SOCKTYPE',
  [-8]: 'EAI_SERVICE',
  [-9]: 'EAI_ADDRFAMILY',
  [-10]: 'EAI_MEMORY',
  [-11]: 'EAI_SYSTEM',
  [-12]: 'EAI_OVERFLOW',
};

/** 2 → 'ENOENT'; the digits if the number has no name. */
export function errnoName(errno: number): string {
  return (errno < 0 ? resolverNames[errno] : names[errno]) || String(errno);
}

/** 2 → 'ENOENT' read backwards; undefined for an unknown name. */
export function errnoNumber(name: string): number | undefined {
  const number = names.indexOf(name);
  return number > 0 ? number : undefined;
}

/** 2 → 'No such file or directory', in the C library's words; negative numbers are getaddrinfo's. */
export function strerror(errno: number): string {
  return errno < 0 ? gai_strerror(errno) : describe(errno);
}

/** The kernel, or the C library, refused. */
export class SystemCallError extends Error {
  override readonly name = 'SystemCallError';
  readonly syscall: string;
  /** Above zero, unlike Node's own; the resolver's codes (getaddrinfo) are below. */
  readonly errno: number;
  /** 'ENOENT' */
  readonly code: string;

  /** `[Errno 2] No such file or directory`: as Python prints it, and operators know it. */
  get text(): string {
    return `[Errno ${this.errno}] ${strerror(this.errno)}`;
  }

  constructor(syscall: string, errno: number, options?: { readonly cause?: unknown }) {
    super(`${syscall}: ${errnoName(errno)} (${strerror(errno)})`, options);
    this.syscall = syscall;
    this.errno = errno;
    this.code = errnoName(errno);
  }
}

/** Runs a call of Node's own and turns what it throws into a SystemCallError. */
export function nodeCall<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    const errno = code === undefined ? undefined : errnoNumber(code);
    if (errno === undefined) throw error;
    throw new SystemCallError(syscall ?? 'system call', errno, { cause: error });
  }
}
