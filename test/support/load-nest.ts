// Jest links a test's imports all at once; a CommonJS package that requires Nest must find it loaded already.
import '@nestjs/common';
import '@nestjs/core';
