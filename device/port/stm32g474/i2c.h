/* i2c: bus 0 is I2C1 on PB8 and PB9, 100 kHz. */
#ifndef SKEP_DEVICE_PORT_STM32G474_I2C_H
#define SKEP_DEVICE_PORT_STM32G474_I2C_H

void i2c_start(void);

#endif
